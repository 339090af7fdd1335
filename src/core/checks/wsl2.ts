// The engine, or the doctor itself, runs in WSL2, whose network card lets only one MAC through.
import { defineCheck } from '../../model/check.js';
import { valueOf } from '../../model/fact.js';
import type { Evidence } from '../../model/finding.js';
import type { Platform } from '../../model/platform.js';
import type { Engine } from '../../model/runtime-network.js';
import { engineInWords, networksInWords, productOf } from '../derive/verdicts/engine-product.js';

const WSL_KERNEL = /microsoft/i;

export default defineCheck({
  meta: {
    id: 'wsl2',
    category: 'host',
    severity: 'fail',
    title: { pass: 'This is not WSL2', found: 'WSL2 passes no MAC but its own' },
    needs: ['platform'],
    dependsOn: ['desktop-vm'],
    docs: {
      explain: `WSL2 is a utility virtual machine of Windows. Its network card hangs on a Hyper-V switch that has no setting for MAC spoofing, and that drops every frame whose source is not the card's own MAC. A macvlan child has a MAC of its own, so nothing that it sends ever leaves: networks are created, containers start, and nobody reaches them. Mirrored networking mode shows the MAC of the Windows host and changes nothing of this.

The doctor knows WSL2 by its kernel (microsoft-standard-WSL2). A network namespace made inside WSL2, such as a practice LAN, is not affected.

Popular and wrong: networkingMode=bridged alone, which still passes one MAC; netsh portproxy to the address of the container, which Windows cannot reach either.`,
      references: [
        'microsoft/WSL issues 11292 and 11615',
        'Microsoft documentation: Advanced settings configuration in WSL; Set-VMNetworkAdapter -MacAddressSpoofing',
      ],
    },
  },
  messages: {
    wsl: ({ who }: { readonly who: string }) => ({
      what: `${who} in WSL2, whose network card passes no MAC but its own.`,
      why: 'Every macvlan child has another MAC, so what it sends is dropped before it leaves Windows.',
      todo: 'Use a virtual machine that may use foreign MACs, or publish ports instead.',
    }),
  },
  evaluate({ platform }, { facts }) {
    const runtime = valueOf(facts.runtime);
    const engine = runtime?.engine;
    const isInside = platform.isWsl;
    if (isInside && isNamespaceOfItsOwn(platform)) {
      return { notApplicable: 'this network namespace does not lead to the card of WSL2' };
    }
    const isEngine = engine !== undefined && isWslEngine(engine, platform);
    if (!isInside && !isEngine) return { findings: [] };
    return {
      findings: [
        {
          code: 'wsl',
          subject: { kind: 'host', name: 'host' },
          data: { who: isInside ? 'The doctor runs' : 'The container engine runs' },
          evidence: [
            ...kernelEvidence(platform),
            ...(isEngine ? [{ from: 'docker', says: engineInWords(engine) }] : []),
            ...networksInWords(runtime?.networks ?? []),
          ],
          advice: [
            'A Hyper-V virtual machine on an external switch does it: Set-VMNetworkAdapter -VMName NAME -MacAddressSpoofing On, and macvlan on its eth0.',
            'Or stay in WSL2 with networkingMode=mirrored and published ports (-p).',
            'ipvlan keeps to the one MAC that gets through; in mirrored mode, with addresses of the LAN that nobody else has, somebody reported it to work. Try it before you count on it.',
            'networkingMode=bridged alone, and netsh portproxy to the address of a container, do not help.',
          ],
        },
      ],
    };
  },
});

/** A practice LAN, or another namespace that somebody made: its parents are not WSL's card. */
function isNamespaceOfItsOwn({ isInitialNetns, isInUserNamespace }: Platform): boolean {
  return isInitialNetns === false || isInUserNamespace;
}

/** Docker Desktop and Rancher Desktop use WSL2 too, and are another matter. */
function isWslEngine(engine: Engine, platform: Platform): boolean {
  return WSL_KERNEL.test(engine.kernelVersion) && productOf(engine, platform) === undefined;
}

function kernelEvidence({ isWsl, kernel }: Platform): readonly Evidence[] {
  return isWsl ? [{ from: 'platform', says: `the kernel here is ${kernel}` }] : [];
}
