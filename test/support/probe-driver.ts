// Carries out given steps in the namespace that it is started in, with the product's own probes; bundled by probes-in.ts.
import { readFileSync } from 'node:fs';
import { gather } from '../../src/edge/gatherers/gather.js';
import { before } from '../../src/edge/gatherers/phases.js';
import { realHost } from '../../src/edge/host/real-host.js';
import { openProbeSession } from '../../src/edge/probes/run-probes.js';
import { valueOf } from '../../src/model/fact.js';
import type { Observation } from '../../src/model/observation.js';
import type { DriverOrder } from './probes-in.js';

const { rounds, windowMs } = JSON.parse(readFileSync(0, 'utf8')) as DriverOrder;
const host = realHost();
const { facts } = await gather(before, host);
const session = openProbeSession({
  host,
  namespaces: facts.namespaces === undefined ? [] : (valueOf(facts.namespaces) ?? []),
});
const answers: (readonly Observation[])[] = [];
try {
  for (const steps of rounds) {
    const round = { windowMs, signal: new AbortController().signal };
    answers.push((await session.probe(steps, round)).observations);
  }
} finally {
  await session.close();
}
process.stdout.write(JSON.stringify(answers));
