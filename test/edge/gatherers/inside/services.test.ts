import { describe, expect, it } from 'vitest';
import { services } from '../../../../src/edge/gatherers/inside/services.js';
import type { NetnsDoor } from '../../../../src/edge/host/host.js';
import { type Fact, known, unknown } from '../../../../src/model/fact.js';
import { aSnapshot } from '../../../support/a-snapshot.js';
import { fakeHost } from '../../../support/fake-host.js';
import { closedNetns } from '../../../support/namespaces-host.js';

const { facts } = aSnapshot().parent('eth0').child('web').child('dns').build();
const [, web, dns] = facts.namespaces.state === 'known' ? facts.namespaces.value : [];
const [webInode, dnsInode] = [web?.inode ?? 0, dns?.inode ?? 0];
const inodes = { '/run/netns/web': webInode, '/run/netns/dns': dnsInode };

function line(address: string, port: number): string {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return `   0: ${address}:${hex} 00000000:0000 0A 0:0 00:0 0 0 0 1\n`;
}

function look(read: (path: string | null) => Fact<readonly Fact<string>[]>, asked: number[]) {
  const netns: NetnsDoor = { ...closedNetns, readTexts: read };
  return services(asked).gather(fakeHost({ inodes, host: { netns } }), facts);
}

describe('services', () => {
  it('are the ports that others can reach, in the namespaces that were asked for', async () => {
    const many = Array.from({ length: 40 }, (_, at) => line('00000000', 9000 - at)).join('');
    const tables: Record<string, readonly Fact<string>[]> = {
      // 192.0.2.50 is its own address, 192.0.2.51 the other's, 127.0.0.1 everybody's.
      '/run/netns/web': [
        known(line('320200C0', 80) + line('330200C0', 81) + line('0100007F', 82)),
        unknown('absent', 'no IPv6'),
      ],
      '/run/netns/dns': [known(many), known(line('0'.repeat(32), 53))],
    };
    const read = (path: string | null) => known(tables[path ?? ''] ?? []);
    const fact = (await look(read, [webInode, dnsInode])).services;
    expect(fact).toEqual(
      known({
        [webInode]: { listening: [80] },
        [dnsInode]: { listening: [53, ...Array.from({ length: 15 }, (_, at) => 8961 + at)] },
      }),
    );
    expect((await look(read, [webInode])).services).toEqual(
      known({ [webInode]: { listening: [80] } }),
    );
  });

  it('leave out what could not be read, and say why when nothing could be', async () => {
    const half = (path: string | null) =>
      path === '/run/netns/web' ? unknown('denied', 'needs root') : known([known('')]);
    expect((await look(half, [webInode, dnsInode])).services).toEqual(
      known({ [dnsInode]: { listening: [] } }),
    );
    expect((await look(half, [webInode])).services).toEqual(unknown('denied', 'needs root'));
    const bad = () => known([unknown('failed', 'torn')]);
    expect((await look(bad, [webInode])).services).toEqual(unknown('failed', 'torn'));
    expect((await look(() => known([]), [webInode])).services.state).toBe('failed');
  });

  it('are not looked for where no answer was missing, nor without namespaces', async () => {
    expect((await look(() => known([]), [])).services.state).toBe('skipped');
    const blind = await services([webInode]).gather(fakeHost(), {});
    expect(blind.services.state).toBe('failed');
    const gone = await services([webInode]).gather(
      fakeHost({ host: { netns: closedNetns } }),
      facts,
    );
    expect(gone.services).toMatchObject({ state: 'failed', reason: /vanished/ });
  });
});
