// Every check, sorted by id. Written by `npm run gen:registry`; edits are lost.
import type { Check } from '../../model/check.js';
import addressMissing from './address-missing.js';
import addressRefused from './address-refused.js';
import arpFlux from './arp-flux.js';
import childDown from './child-down.js';
import cidrHostBits from './cidr-host-bits.js';
import cloudFabric from './cloud-fabric.js';
import defaultRouteMissing from './default-route-missing.js';
import desktopVm from './desktop-vm.js';
import dnsThroughHost from './dns-through-host.js';
import duplicateIp from './duplicate-ip.js';
import duplicateMac from './duplicate-mac.js';
import firewallChild from './firewall-child.js';
import foreignUnicastFilter from './foreign-unicast-filter.js';
import gatewayContested from './gateway-contested.js';
import gatewayIsHost from './gateway-is-host.js';
import gatewayOutsideSubnet from './gateway-outside-subnet.js';
import gatewaySilent from './gateway-silent.js';
import gatewayWrong from './gateway-wrong.js';
import hostChildIsolation from './host-child-isolation.js';
import hostingProviderMac from './hosting-provider-mac.js';
import internalNetwork from './internal-network.js';
import ipConflictDhcp from './ip-conflict-dhcp.js';
import ipRangeExhausted from './ip-range-exhausted.js';
import ipvlanMacvlanMix from './ipvlan-macvlan-mix.js';
import modeMixed from './mode-mixed.js';
import modePrivate from './mode-private.js';
import moduleMissing from './module-missing.js';
import mtuBlackHole from './mtu-black-hole.js';
import multiNetworkGateway from './multi-network-gateway.js';
import neighbourTableFull from './neighbour-table-full.js';
import neighbourUnresolved from './neighbour-unresolved.js';
import networkRefused from './network-refused.js';
import nicUnicastFilter from './nic-unicast-filter.js';
import noParentDummy from './no-parent-dummy.js';
import parentDown from './parent-down.js';
import parentEnslaved from './parent-enslaved.js';
import parentMissing from './parent-missing.js';
import parentNoCarrier from './parent-no-carrier.js';
import parentNotEthernet from './parent-not-ethernet.js';
import parentSharedOldDocker from './parent-shared-old-docker.js';
import parentWireless from './parent-wireless.js';
import passthruShared from './passthru-shared.js';
import poolOverlap from './pool-overlap.js';
import prefixMismatch from './prefix-mismatch.js';
import publishedPortsIgnored from './published-ports-ignored.js';
import rangeInUse from './range-in-use.js';
import rootlessNamespace from './rootless-namespace.js';
import rpFilter from './rp-filter.js';
import shimAddressCollision from './shim-address-collision.js';
import shimDown from './shim-down.js';
import shimFirewalled from './shim-firewalled.js';
import shimMode from './shim-mode.js';
import shimNotPersistent from './shim-not-persistent.js';
import shimRouteMissing from './shim-route-missing.js';
import shimRouteShadowed from './shim-route-shadowed.js';
import sourceListEmpty from './source-list-empty.js';
import sourceMacFilter from './source-mac-filter.js';
import staleArpAtGateway from './stale-arp-at-gateway.js';
import subnetMismatch from './subnet-mismatch.js';
import subnetOverlap from './subnet-overlap.js';
import vepaNoHairpin from './vepa-no-hairpin.js';
import vlanNotTrunked from './vlan-not-trunked.js';
import vlanParentMissing from './vlan-parent-missing.js';
import wsl2 from './wsl2.js';

export const checks: readonly Check[] = [
  addressMissing,
  addressRefused,
  arpFlux,
  childDown,
  cidrHostBits,
  cloudFabric,
  defaultRouteMissing,
  desktopVm,
  dnsThroughHost,
  duplicateIp,
  duplicateMac,
  firewallChild,
  foreignUnicastFilter,
  gatewayContested,
  gatewayIsHost,
  gatewayOutsideSubnet,
  gatewaySilent,
  gatewayWrong,
  hostChildIsolation,
  hostingProviderMac,
  internalNetwork,
  ipConflictDhcp,
  ipRangeExhausted,
  ipvlanMacvlanMix,
  modeMixed,
  modePrivate,
  moduleMissing,
  mtuBlackHole,
  multiNetworkGateway,
  neighbourTableFull,
  neighbourUnresolved,
  networkRefused,
  nicUnicastFilter,
  noParentDummy,
  parentDown,
  parentEnslaved,
  parentMissing,
  parentNoCarrier,
  parentNotEthernet,
  parentSharedOldDocker,
  parentWireless,
  passthruShared,
  poolOverlap,
  prefixMismatch,
  publishedPortsIgnored,
  rangeInUse,
  rootlessNamespace,
  rpFilter,
  shimAddressCollision,
  shimDown,
  shimFirewalled,
  shimMode,
  shimNotPersistent,
  shimRouteMissing,
  shimRouteShadowed,
  sourceListEmpty,
  sourceMacFilter,
  staleArpAtGateway,
  subnetMismatch,
  subnetOverlap,
  vepaNoHairpin,
  vlanNotTrunked,
  vlanParentMissing,
  wsl2,
];
