// The running kernel has no macvlan driver, built in or as a module.
import { defineCheck } from '../../model/check.js';
import type { Platform } from '../../model/platform.js';
import { HOST } from '../../model/finding.js';

export default defineCheck({
  meta: {
    id: 'module-missing',
    category: 'host',
    severity: 'fail',
    title: {
      pass: 'The kernel has macvlan',
      found: 'The kernel has no macvlan',
    },
    needs: ['platform'],
    dependsOn: ['desktop-vm', 'wsl2'],
    docs: {
      explain: `macvlan is a driver of the Linux kernel: built in (CONFIG_MACVLAN=y) or a module that is loaded when it is first asked for. Where it is missing, creating a network works and starting a container ends in "failed to create the macvlan port: operation not supported"; ip says "Error: Unknown device type" or "RTNETLINK answers: Operation not supported".

Usual reasons: the distribution ships the module in a package of its own (Ubuntu on Raspberry Pi, OpenWrt); the kernel was upgraded and the machine not restarted, so that the modules of the running kernel are gone; the kernel of a NAS was built without it; an unprivileged container may not load modules.

The doctor loads nothing to find out. It looks for macvlan links, at /sys/module, the module lists of the running kernel, its configuration, and last its symbols. Where these are out of sight it says so and does not guess.

Popular and wrong: switching on Docker's experimental features; concluding from lsmod that it is missing, where it is merely not loaded yet or built in.`,
      references: ['modprobe(8)', 'modules.dep(5)', 'drivers/net/Kconfig (MACVLAN)', 'ip-link(8)'],
    },
  },
  messages: {
    missing: ({ kernel }: { readonly kernel: string }) => ({
      what: `The running kernel, ${kernel}, has no macvlan driver.`,
      why: 'No macvlan link can be made: "operation not supported".',
      todo: 'Install the module for this kernel, or restart into a kernel that has it.',
    }),
  },
  evaluate({ platform }, { facts }) {
    const support = facts.macvlanSupport;
    if (support.state === 'absent') return { notApplicable: support.reason };
    if (support.state !== 'known') {
      return { findings: [], undetermined: [{ subject: HOST, reason: support.reason }] };
    }
    if (support.value.available) return { findings: [] };
    return {
      findings: [
        {
          code: 'missing',
          subject: HOST,
          data: { kernel: platform.kernel },
          evidence: [{ from: 'kernel', says: support.value.evidence }],
          advice: adviceFor(platform),
        },
      ],
    };
  },
});

function adviceFor({ distribution = '', isContainer, kernel }: Platform): readonly string[] {
  return [
    ...(isContainer
      ? ['This is a container: load the module on the machine below it, with modprobe macvlan.']
      : []),
    'If the kernel was upgraded since the last start, restart the machine: the modules of the running one are gone.',
    ...packagesFor(distribution, kernel),
    'Once it is there: modprobe macvlan, and echo macvlan > /etc/modules-load.d/macvlan.conf to keep it.',
    "Docker's experimental features do not help; that lsmod does not list it proves nothing.",
  ];
}

/** Distributions that keep the module in a package of its own. */
function packagesFor(distribution: string, kernel: string): readonly string[] {
  if (/ubuntu/i.test(distribution)) {
    const name = kernel.includes('raspi') ? 'raspi' : kernel;
    return [`On Ubuntu: apt install linux-modules-extra-${name}, then restart.`];
  }
  if (/openwrt/i.test(distribution)) return ['On OpenWrt: opkg install kmod-macvlan.'];
  return [];
}
