// The flags of `preflight`: those of `docker network create` under their own names, and those that `run` has as well.
import { Flags } from '@oclif/core';
import { DoctorError } from '../model/errors.js';
import type { CreateFlags } from '../core/plan/plan-of-flags.js';
import { namesIn } from './flag-values.js';
import { reportFlags } from './output/report-flags.js';
import { givenNames, runFlags } from './run-flags.js';

const NETWORK = 'NETWORK';

function listed(helpValue: string, description: string) {
  return Flags.string({ helpGroup: NETWORK, multiple: true, helpValue, description });
}

/** What only a network that is to be made can be given. */
const CREATE = [
  'name',
  'driver',
  'parent',
  'mode',
  'opt',
  'subnet',
  'gateway',
  'ip-range',
  'aux-address',
  'internal',
  'ipv6',
];

const { passive, timeout, expect, only, skip, save } = runFlags;

export const preflightFlags = {
  compose: Flags.string({
    helpGroup: NETWORK,
    multiple: true,
    helpValue: 'FILE',
    description: 'Compose files, laid over each other in this order, in place of the flags below.',
  }),
  profile: Flags.string({
    helpGroup: NETWORK,
    multiple: true,
    helpValue: 'NAME',
    dependsOn: ['compose'],
    description: 'Services of this profile as well.',
  }),
  network: Flags.string({
    helpGroup: NETWORK,
    multiple: true,
    helpValue: 'NAME',
    exclusive: ['compose', ...CREATE],
    description: 'A network that is there already, and what the next container on it would get.',
  }),
  name: Flags.string({
    helpGroup: NETWORK,
    helpValue: 'NAME',
    default: 'lan',
    description: 'What the network is to be called.',
  }),
  driver: Flags.string({
    char: 'd',
    helpGroup: NETWORK,
    helpValue: 'DRIVER',
    default: 'macvlan',
    description: 'As `docker network create --driver`.',
  }),
  parent: Flags.string({
    helpGroup: NETWORK,
    helpValue: 'IF',
    description: 'The interface it is to sit on; the same as `-o parent=IF`.',
  }),
  mode: Flags.string({
    helpGroup: NETWORK,
    helpValue: 'MODE',
    description: 'bridge, vepa, private or passthru; the same as `-o macvlan_mode=MODE`.',
  }),
  opt: Flags.string({
    char: 'o',
    helpGroup: NETWORK,
    multiple: true,
    helpValue: 'KEY=VALUE',
    description: 'Any option of the driver.',
  }),
  subnet: listed('CIDR', 'Subnet; several for IPv4 and IPv6.'),
  gateway: listed('IP', 'Router of a subnet.'),
  'ip-range': listed('CIDR', 'The part of a subnet that addresses are handed out from.'),
  'aux-address': listed('NAME=IP', 'An address that the engine keeps out of its hands.'),
  ip: listed('IP', 'A container that asks for this address.'),
  internal: Flags.boolean({ helpGroup: NETWORK, description: 'No way out of the network.' }),
  ipv6: Flags.boolean({ helpGroup: NETWORK, description: 'With IPv6.' }),
  sweep: Flags.boolean({
    exclusive: ['passive'],
    description:
      'Ask the LAN for every address that the engine would hand out, also where those are more than a /24 has.',
  }),
  suggest: Flags.boolean({
    description:
      'Name a range in which nobody was met, an address for a shim, and the whole command or part of the Compose file.',
  }),
  passive,
  'foreign-macs': runFlags['foreign-macs'],
  timeout,
  expect,
  only,
  skip,
  save,
  ...reportFlags,
};

interface Typed {
  readonly name: string;
  readonly driver: string;
  readonly parent?: string | undefined;
  readonly mode?: string | undefined;
  readonly opt: unknown;
  readonly subnet: unknown;
  readonly gateway: unknown;
  readonly 'ip-range': unknown;
  readonly 'aux-address': unknown;
  readonly ip: unknown;
  readonly internal: boolean;
  readonly ipv6: boolean;
}

/** Throws DoctorError for an empty name. */
export function existingOf({ network }: { readonly network: unknown }): string[] {
  return givenNames('--network', network);
}

/** Throws DoctorError for an empty name: a variable of a script that was never set. */
export function createFlagsOf(flags: Typed): CreateFlags {
  const { name, driver, parent, mode, internal, ipv6 } = flags;
  for (const [flag, value] of Object.entries({ name, driver, parent, mode })) {
    if (value === '') throw new DoctorError('bad-flag', `--${flag} was given an empty name`);
  }
  return {
    name,
    driver,
    ...(parent !== undefined && { parent }),
    ...(mode !== undefined && { mode }),
    options: namesIn(flags.opt),
    subnets: namesIn(flags.subnet),
    gateways: namesIn(flags.gateway),
    ipRanges: namesIn(flags['ip-range']),
    auxAddresses: namesIn(flags['aux-address']),
    isInternal: internal,
    hasIpv6: ipv6,
  };
}
