// Which driver stands behind a link: ETHTOOL_GDRVINFO by way of SIOCETHTOOL (ethtool.h, netdevice(7)).
import { constants } from 'node:os';
import { known, unknown } from '../../model/fact.js';
import type { NetnsDoor } from './host.js';
import { callC, close, defineStruct, socket, SyscallError } from './syscalls.js';

const AF_INET = 2;
const SOCK_DGRAM = 2;
const SIOCETHTOOL = 0x8946;
const ETHTOOL_GDRVINFO = 3;
const IFNAMSIZ = 16;

// struct ethtool_drvinfo: the command, texts of 32 bytes (driver, version, firmware, bus, …), counts.
const INFO_BYTES = 196;
const TEXT_BYTES = 32;
const DRIVER_OFFSET = 4;
const BUS_OFFSET = DRIVER_OFFSET + 3 * TEXT_BYTES;

const IFREQ = { name: 'uint8_t [16]', data: 'void *', rest: 'uint8_t [16]' };
const IOCTL = 'int ioctl(int fd, unsigned long request, ethtool_ifreq *about)';

/** Of a link of the namespace that the calling thread is in; `absent` when no driver tells of itself. */
export function driverOf(ifname: string): ReturnType<NetnsDoor['driverOf']> {
  try {
    defineStruct('ethtool_ifreq', IFREQ);
    const fd = socket(AF_INET, SOCK_DGRAM, 0);
    try {
      return known(ask(fd, ifname));
    } finally {
      close(fd);
    }
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    if (error.errno === 'ENODEV') return unknown('absent', `there is no link ${ifname} any more`);
    // It has two names.
    if (error.code === constants.errno.EOPNOTSUPP)
      return unknown('absent', `${ifname} tells of no driver`);
    return unknown('failed', `the driver of ${ifname} could not be asked for (${error.message})`);
  }
}

function ask(fd: number, ifname: string): { driver: string; busInfo: string } {
  const name = new Uint8Array(IFNAMSIZ);
  name.set(new TextEncoder().encode(ifname).subarray(0, IFNAMSIZ - 1));
  const info = new Uint8Array(INFO_BYTES);
  new Uint32Array(info.buffer, 0, 1)[0] = ETHTOOL_GDRVINFO;
  const about = { name, data: info, rest: new Uint8Array(IFNAMSIZ) };
  callC('ioctl', IOCTL, fd, SIOCETHTOOL, about);
  return { driver: textAt(info, DRIVER_OFFSET), busInfo: textAt(info, BUS_OFFSET) };
}

function textAt(bytes: Uint8Array, offset: number): string {
  const text = bytes.subarray(offset, offset + TEXT_BYTES);
  const end = text.indexOf(0);
  return new TextDecoder().decode(end === -1 ? text : text.subarray(0, end));
}
