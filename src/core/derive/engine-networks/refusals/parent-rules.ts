// What engines want of a parent (moby, libnetwork/drivers/macvlan; containers/common, libnetwork/netavark).
import { findLink } from '../../topology/content.js';
import type { RuntimeNetwork } from '../../../../model/runtime-network.js';
import { type Ground, majorOf, type Refusal, type Rule, type RuleId } from './rule.js';

/** Docker makes a VLAN link of that form of name itself; any other link has to be there. */
const missing: Rule = (network, ground) => {
  const { parent = '', name, isConfigOnly } = network;
  const { links, engine } = ground;
  if (!isOnParent(network) || isConfigOnly || parent === '') return undefined;
  if (findLink(links, parent) !== undefined) return undefined;
  const refused = (rule: RuleId, message: string): Refusal => ({
    rule,
    message,
    instead: `Network ${name} needs the link ${parent}, which is not here.`,
  });
  if (engine.flavour === 'podman') {
    return refused('parent-missing', `parent interface ${parent} does not exist`);
  }
  if (!parent.includes('.')) {
    return refused(
      'parent-missing',
      `invalid subinterface vlan name ${parent}, example formatting is eth0.10`,
    );
  }
  const message = vlanMessage(parent, ground);
  return message === undefined ? undefined : refused('vlan-name', message);
};

function vlanMessage(parent: string, { links, engine }: Ground): string | undefined {
  const [base = '', id = '', ...rest] = parent.split('.');
  if (rest.length > 0) {
    return `required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received ${parent}`;
  }
  if (!/^[+-]?\d+$/u.test(id)) {
    return `unable to parse a valid vlan id from: ${id} (ex. eth0.10 for vlan 10)`;
  }
  if (findLink(links, base) === undefined) {
    // Docker 20.10 has a word too many there.
    const was = majorOf(engine) > 20 ? 'was' : 'does was';
    return `-o parent interface ${was} not found on the host: ${base}`;
  }
  const number = Number(id);
  return number < 1 || number > 4094
    ? `vlan id must be between 1-4094, received: ${number.toString()}`
    : undefined;
}

/** Docker took one macvlan network per parent until 27.0. */
const SHARES_PARENTS_SINCE = 27;

/** Whether the engine takes one macvlan network per parent. */
function isOnePerParent({ engine }: Pick<Ground, 'engine'>): boolean {
  return engine.flavour === 'docker' && majorOf(engine) < SHARES_PARENTS_SINCE;
}

const shared: Rule = ({ driver, parent, name, isConfigOnly }, ground) => {
  if (driver !== 'macvlan' || parent === undefined || isConfigOnly) return undefined;
  const other = ground.others.find(
    (one) => one.driver === 'macvlan' && !one.isConfigOnly && one.parent === parent,
  );
  if (other === undefined || !isOnePerParent(ground)) return undefined;
  return {
    rule: 'parent-shared',
    message: `network dm-${other.id.slice(0, 12)} is already using parent interface ${parent}`,
    instead: `Docker ${ground.engine.serverVersion} takes one macvlan network per parent, and ${parent} has ${other.name}: put the containers of ${name} on ${other.name} instead, or update to Docker ${SHARES_PARENTS_SINCE.toString()}.`,
    other,
  };
};

function isOnParent({ driver }: RuntimeNetwork): boolean {
  return driver === 'macvlan' || driver === 'ipvlan';
}

export const PARENT_RULES: readonly Rule[] = [missing, shared];
