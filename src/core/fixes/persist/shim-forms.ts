// What makes a shim outlive a reboot, for the managers of this host.
import { valueOf } from '../../../model/fact.js';
import type { FixContext, Persist } from '../../../model/fix.js';
import type { PersistentConfig } from '../../../model/platform.js';
import { ifupdownForm } from './ifupdown.js';
import { networkManagerForm } from './network-manager.js';
import { networkdForm } from './networkd.js';
import { EVERY_MANAGER, managersOf, type FormManager } from './form-managers.js';
import { isWritable, type ShimSpec } from './shim-spec.js';
import { systemdUnitForm } from './systemd-unit.js';

/**
 * Persistent forms, the manager in use first; a plain unit is always among them. Where no manager was recognised the
 * unit leads and every other form follows. None when a name cannot stand in configuration files as it is.
 */
export function shimForms(spec: ShimSpec, context: FixContext): readonly Persist[] {
  if (!isWritable(spec)) return [];
  const config = valueOf(context.facts.persistentConfig);
  const used = managersOf(config);
  const unit = systemdUnitForm(spec, used.includes('systemd-networkd'));
  const forms = (used.length === 0 ? EVERY_MANAGER : used).map((manager) =>
    formFor(manager, spec, config),
  );
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
