// Every lab scenario, sorted by id. Written by `npm run gen:registry`; edits are lost.
import type { Scenario } from '../scenario.js';
import addressMissing from './address-missing.js';
import arpFlux from './arp-flux.js';
import childDown from './child-down.js';
import defaultRouteMissing from './default-route-missing.js';
import duplicateIpDevice from './duplicate-ip-device.js';
import duplicateIpHost from './duplicate-ip-host.js';
import duplicateIpSiblingBridge from './duplicate-ip-sibling-bridge.js';
import duplicateIpSiblingPrivate from './duplicate-ip-sibling-private.js';
import duplicateIpSiblingVepa from './duplicate-ip-sibling-vepa.js';
import duplicateMacDevice from './duplicate-mac-device.js';
import duplicateMacParents from './duplicate-mac-parents.js';
import duplicateMacSibling from './duplicate-mac-sibling.js';
import firewallChild from './firewall-child.js';
import foreignUnicastFilter from './foreign-unicast-filter.js';
import gatewayContested from './gateway-contested.js';
import gatewayIgnoresPing from './gateway-ignores-ping.js';
import gatewayIsHost from './gateway-is-host.js';
import gatewayOutsideSubnet from './gateway-outside-subnet.js';
import gatewaySilent from './gateway-silent.js';
import gatewayWrong from './gateway-wrong.js';
import gatewayWrongNobody from './gateway-wrong-nobody.js';
import gatewayWrongSibling from './gateway-wrong-sibling.js';
import gatewayWrongTwoCards from './gateway-wrong-two-cards.js';
import healthyBridge from './healthy-bridge.js';
import healthyBridgeParent from './healthy-bridge-parent.js';
import healthyHostGatewayElsewhere from './healthy-host-gateway-elsewhere.js';
import healthyHostOnMacvlan from './healthy-host-on-macvlan.js';
import healthyIpv6Only from './healthy-ipv6-only.js';
import healthyLossy from './healthy-lossy.js';
import healthyOldNeighbour from './healthy-old-neighbour.js';
import healthyOneLan from './healthy-one-lan.js';
import healthyOneLanUnnumbered from './healthy-one-lan-unnumbered.js';
import healthyOnlinkGateway from './healthy-onlink-gateway.js';
import healthyOtherRouter from './healthy-other-router.js';
import healthyPassthru from './healthy-passthru.js';
import healthyPingFirewall from './healthy-ping-firewall.js';
import healthyPrivate from './healthy-private.js';
import healthyProxyArp from './healthy-proxy-arp.js';
import healthyReflecting from './healthy-reflecting.js';
import healthySecondaryAddresses from './healthy-secondary-addresses.js';
import healthyShim from './healthy-shim.js';
import healthySiblingRouter from './healthy-sibling-router.js';
import healthySlow from './healthy-slow.js';
import healthySource from './healthy-source.js';
import healthyStrictRouter from './healthy-strict-router.js';
import healthyTwoCards from './healthy-two-cards.js';
import healthyTwoNetworks from './healthy-two-networks.js';
import healthyTwoParents from './healthy-two-parents.js';
import healthyUnnumberedParent from './healthy-unnumbered-parent.js';
import healthyVepa from './healthy-vepa.js';
import healthyVirtualRouter from './healthy-virtual-router.js';
import hostIsolation from './host-isolation.js';
import hostIsolationOneLan from './host-isolation-one-lan.js';
import modeMixed from './mode-mixed.js';
import modePrivate from './mode-private.js';
import mtuBlackHole from './mtu-black-hole.js';
import neighbourUnresolved from './neighbour-unresolved.js';
import parentDown from './parent-down.js';
import parentNoCarrier from './parent-no-carrier.js';
import passthruShared from './passthru-shared.js';
import prefixMismatch from './prefix-mismatch.js';
import rpFilter from './rp-filter.js';
import severalDuplicateIpGateway from './several-duplicate-ip-gateway.js';
import severalFilterDuplicate from './several-filter-duplicate.js';
import severalFirewallAddress from './several-firewall-address.js';
import severalMtuShimRoute from './several-mtu-shim-route.js';
import severalShimModeChildDown from './several-shim-mode-child-down.js';
import severalTwoParents from './several-two-parents.js';
import severalUnicastMtu from './several-unicast-mtu.js';
import shimAddressCollision from './shim-address-collision.js';
import shimAddressOfChild from './shim-address-of-child.js';
import shimDown from './shim-down.js';
import shimFirewalled from './shim-firewalled.js';
import shimMode from './shim-mode.js';
import shimNotPersistent from './shim-not-persistent.js';
import shimRouteMissing from './shim-route-missing.js';
import shimRoutePartial from './shim-route-partial.js';
import shimRoutePolicy from './shim-route-policy.js';
import shimRouteShadowed from './shim-route-shadowed.js';
import shimRouteStrict from './shim-route-strict.js';
import shimWrongParent from './shim-wrong-parent.js';
import sourceMacFilter from './source-mac-filter.js';
import sourceMacLimit from './source-mac-limit.js';
import staleArpAtGateway from './stale-arp-at-gateway.js';
import staleArpFixed from './stale-arp-fixed.js';
import subnetMismatch from './subnet-mismatch.js';
import subnetOverlap from './subnet-overlap.js';
import upstreamBothFilters from './upstream-both-filters.js';
import vepaNoHairpin from './vepa-no-hairpin.js';

export const scenarios: readonly Scenario[] = [
  addressMissing,
  arpFlux,
  childDown,
  defaultRouteMissing,
  duplicateIpDevice,
  duplicateIpHost,
  duplicateIpSiblingBridge,
  duplicateIpSiblingPrivate,
  duplicateIpSiblingVepa,
  duplicateMacDevice,
  duplicateMacParents,
  duplicateMacSibling,
  firewallChild,
  foreignUnicastFilter,
  gatewayContested,
  gatewayIgnoresPing,
  gatewayIsHost,
  gatewayOutsideSubnet,
  gatewaySilent,
  gatewayWrong,
  gatewayWrongNobody,
  gatewayWrongSibling,
  gatewayWrongTwoCards,
  healthyBridge,
  healthyBridgeParent,
  healthyHostGatewayElsewhere,
  healthyHostOnMacvlan,
  healthyIpv6Only,
  healthyLossy,
  healthyOldNeighbour,
  healthyOneLan,
  healthyOneLanUnnumbered,
  healthyOnlinkGateway,
  healthyOtherRouter,
  healthyPassthru,
  healthyPingFirewall,
  healthyPrivate,
  healthyProxyArp,
  healthyReflecting,
  healthySecondaryAddresses,
  healthyShim,
  healthySiblingRouter,
  healthySlow,
  healthySource,
  healthyStrictRouter,
  healthyTwoCards,
  healthyTwoNetworks,
  healthyTwoParents,
  healthyUnnumberedParent,
  healthyVepa,
  healthyVirtualRouter,
  hostIsolation,
  hostIsolationOneLan,
  modeMixed,
  modePrivate,
  mtuBlackHole,
  neighbourUnresolved,
  parentDown,
  parentNoCarrier,
  passthruShared,
  prefixMismatch,
  rpFilter,
  severalDuplicateIpGateway,
  severalFilterDuplicate,
  severalFirewallAddress,
  severalMtuShimRoute,
  severalShimModeChildDown,
  severalTwoParents,
  severalUnicastMtu,
  shimAddressCollision,
  shimAddressOfChild,
  shimDown,
  shimFirewalled,
  shimMode,
  shimNotPersistent,
  shimRouteMissing,
  shimRoutePartial,
  shimRoutePolicy,
  shimRouteShadowed,
  shimRouteStrict,
  shimWrongParent,
  sourceMacFilter,
  sourceMacLimit,
  staleArpAtGateway,
  staleArpFixed,
  subnetMismatch,
  subnetOverlap,
  upstreamBothFilters,
  vepaNoHairpin,
];
