import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseListeners } from '../../../src/core/parse/proc-net-tcp.js';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt\n';
const REST = '00000000:00000000 00:00000000 00000000     0        0 12345 1 0000 100 0 0 10 0';

function line(local: string, state = '0A'): string {
  const remote = local.replaceAll(/[\dA-F]/g, '0');
  return `   0: ${local} ${remote} ${state} ${REST}\n`;
}

describe('/proc/net/tcp', () => {
  it('tells who listens, and not who is connected', () => {
    const text = [
      HEAD,
      line('00000000:1F90'),
      line('320200C0:0016'),
      line('0100007F:0CEA'),
      line('320200C0:0017', '01'),
    ].join('');
    expect(parseListeners(text)).toEqual([
      { address: '0.0.0.0', port: 8080 },
      { address: '192.0.2.50', port: 22 },
      { address: '127.0.0.1', port: 3306 },
    ]);
  });

  it('counts sockets of IPv6 that take IPv4, and no others', () => {
    const zeros = '0'.repeat(24);
    const text = [
      HEAD,
      line(`${zeros}00000000:0050`),
      line('0000000000000000FFFF0000320200C0:0051'),
      line(`${zeros}01000000:0052`),
      line('000080FE00000000FF005450B6AD1DFE:0053'),
    ].join('');
    expect(parseListeners(text)).toEqual([
      { address: '0.0.0.0', port: 80 },
      { address: '192.0.2.50', port: 81 },
    ]);
  });

  it('survives damage', () => {
    const good = HEAD + line('00000000:1F90');
    const damaged = fc.nat(good.length).map((at) => good.slice(at));
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string()), (text) => {
        for (const { port } of parseListeners(text)) expect(port).toBeLessThan(65_536);
      }),
    );
  });
});
