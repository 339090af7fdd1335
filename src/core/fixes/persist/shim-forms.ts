// What makes a shim outlive a reboot, for the managers of this host.
import { valueOf } from '../../../model/fact.js';
import type { FixContext, Persist } from '../../../model/fix.js';
import type { PersistentConfig } from '../../../model/platform.js';
import { ifupdownForm } from './ifupdown.js';
import { networkManagerForm } from './network-manager.js';
import { networkdForm } from './networkd.js';
import { isWritable, type ShimSpec } from './shim-spec.js';
import { systemdUnitForm } from './systemd-unit.js';

type FormManager = 'systemd-networkd' | 'NetworkManager' | 'ifupdown';
const ALL: readonly FormManager[] = ['systemd-networkd', 'NetworkManager', 'ifupdown'];

/**
 * Persistent forms, the manager in use first; a plain unit is always among them. Where no manager was recognised the
 * unit leads and every other form follows. None when a name cannot stand in configuration files as it is.
 */
export function shimForms(spec: ShimSpec, context: FixContext): readonly Persist[] {
  if (!isWritable(spec)) return [];
  const config = valueOf(context.facts.persistentConfig);
  const used = managersOf(config);
  const unit = systemdUnitForm(spec, used.includes('systemd-networkd'));
  const forms = (used.length === 0 ? ALL : used).map((manager) => formFor(manager, spec, config));
  return used.length === 0 ? [unit, ...forms] : [...forms, unit];
}

function formFor(
  manager: FormManager,
  spec: ShimSpec,
  config: PersistentConfig | undefined,
): Persist {
  switch (manager) {
    case 'systemd-networkd': {
      return networkdForm(spec, config?.networkFiles?.[spec.parent]);
    }
    case 'NetworkManager': {
      return networkManagerForm(spec);
    }
    case 'ifupdown': {
      return ifupdownForm(spec);
    }
  }
}

/** netplan has no macvlan of its own: it writes for one of the other two, networkd unless told otherwise. */
function managersOf(config: PersistentConfig | undefined): readonly FormManager[] {
  const managers = config?.managers ?? [];
  const used = managers.flatMap((manager) => (manager === 'netplan' ? [] : [manager]));
  return used.length === 0 && managers.length > 0 ? ['systemd-networkd'] : used;
}
