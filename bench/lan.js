// Practice LANs of any size for measuring, built and removed by the product's own lab.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const DOCTOR = fileURLToPath(new URL('../bin/run.js', import.meta.url));

function doctor(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [DOCTOR, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`macvlan-doctor ${args.join(' ')}: ${stderr}`);
  return stdout;
}

function run(...argv) {
  const { status, stderr } = spawnSync(argv[0], argv.slice(1), { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`);
}

function personOf({ label, link, netns, addresses }) {
  return { label, link, netns, address: addresses[0]?.replace(/\/.*/, '') };
}

/** Builds a healthy LAN with that many children and a shim, hands it to `act`, and removes it whatever happens. */
export async function withLan(children, act) {
  const lab = JSON.parse(
    doctor('lab', 'up', 'healthy-shim', '--children', String(children), '--json'),
  );
  const of = (role) => lab.inhabitants.filter((person) => person.role === role).map(personOf);
  const [host] = of('host');
  const [router] = of('router');
  const takeDown = () => doctor('lab', 'down', lab.id);
  const leave = () => {
    takeDown();
    // eslint-disable-next-line n/no-process-exit, unicorn/no-process-exit -- what is measured stands in its way
    process.exit(1);
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    return await act({
      host,
      router,
      children: of('child'),
      /** Nobody answers as the gateway any more. */
      killGateway: () => run('ip', '-n', router.netns, 'link', 'set', 'dev', router.link, 'down'),
    });
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    takeDown();
  }
}
