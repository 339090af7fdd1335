// Snapshots that tell of as much as one may (src/core/bundle/crowd.ts, and 8 MB of facts): what checks hold against each other counts
// for more than bytes.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const BASE = new URL('../fixtures/hosts/host-isolation/snapshot.json', import.meta.url);

const ip = (at) => `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`;
const mac = (at) => `02:00:00:${[16, 8, 0].map((shift) => hex((at >> shift) & 255)).join(':')}`;
const hex = (byte) => byte.toString(16).padStart(2, '0');

function partsOf(snapshot) {
  const namespaces = snapshot.facts.namespaces.value;
  const [host] = namespaces.filter(({ isHost }) => isHost).map(({ content }) => content.value);
  const child = namespaces.find(({ isHost }) => !isHost);
  const card = host.links.find(({ ifname }) => ifname === 'eth0');
  const kind = (mode) => ({ linkinfo: { info_kind: 'macvlan', info_data: { mode } } });
  return { namespaces, host, child, card, kind, runtime: snapshot.facts.runtime.value };
}

const address = (ifname, at, prefixlen = 8) => ({
  ifname,
  family: 'inet',
  local: ip(at),
  prefixlen,
  scope: 'global',
});

/** By what there is much of; each alters a snapshot in place. */
const CROWDS = {
  'links in one container': ({ child, kind }) => {
    const { links, addresses } = child.content.value;
    const own = links.find(({ link_type }) => link_type === 'ether');
    for (let at = 0; at < 7900; at += 1) {
      const ifname = `m${at}`;
      links.push({ ...own, ifindex: 1000 + at, ifname, address: mac(at), ...kind('bridge') });
      addresses.push(address(ifname, at));
    }
  },
  'containers, in two modes': ({ namespaces, child, kind }) => {
    for (let at = 0; at < 4000; at += 1) {
      const one = structuredClone(child);
      const { links, addresses } = one.content.value;
      const own = links.find(({ link_type }) => link_type === 'ether');
      Object.assign(own, { address: mac(at), ...kind(at % 2 === 0 ? 'vepa' : 'bridge') });
      for (const { local, ...held } of addresses.splice(0))
        addresses.push(
          held.scope === 'global' ? address(own.ifname, at * 256, 30) : { ...held, local },
        );
      namespaces.push({
        ...one,
        inode: 9_000_000 + at,
        mounts: [`/run/netns/n${at}`],
        processes: [],
      });
    }
  },
  parents: ({ host, card, kind }) => {
    for (let at = 0; at < 3900; at += 1) {
      const [lower, upper] = [`p${at}`, `m${at}`];
      host.links.push(
        { ...card, ifindex: 1000 + at, ifname: lower, address: mac(at) },
        {
          ...card,
          ifindex: 9000 + at,
          ifname: upper,
          link: lower,
          address: mac(at + 9000),
          ...kind('bridge'),
        },
      );
      host.addresses.push(address(lower, at), address(upper, at + 9000));
    }
  },
  'shims on one parent': ({ host, card, kind }) => {
    for (let at = 0; at < 20_000; at += 1) {
      const ifname = `m${at}`;
      host.links.push({
        ...card,
        ifindex: 1000 + at,
        ifname,
        link: 'eth0',
        address: mac(at),
        ...kind('bridge'),
      });
      host.addresses.push(address(ifname, at));
    }
  },
  networks: ({ runtime }) => {
    const [one] = runtime.networks;
    for (let at = 0; at < 3900; at += 1) {
      const subnet = `${ip(at * 256)}/${20 + (at % 13)}`;
      const pools = [{ ...one.pools[0], subnet }];
      runtime.networks.push({
        ...one,
        id: at.toString(16).padStart(64, '0'),
        name: `n${at}`,
        pools,
      });
    }
  },
};

/** Writes them into the folder. */
export function crowdedFiles(folder) {
  const base = readFileSync(BASE, 'utf8');
  return Object.entries(CROWDS).map(([what, crowd], at) => {
    const snapshot = JSON.parse(base);
    crowd(partsOf(snapshot));
    const file = path.join(folder, `crowd-${at}`);
    writeFileSync(file, JSON.stringify(snapshot));
    return { what, file };
  });
}
