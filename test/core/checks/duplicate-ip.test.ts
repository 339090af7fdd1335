import duplicateIp from '../../../src/core/checks/duplicate-ip.js';
import { known, unknown } from '../../../src/model/fact.js';
import type { NetnsContent } from '../../../src/model/netns.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { CONF } from '../../support/kernel-view.js';
import { asked, askedByChild, controls, STRANGER } from '../../support/owners-seen.js';

const lan = () => aSnapshot().parent('eth0').child('web').child('db');
const web = (...by: string[]) =>
  asked('host-child-arp', { target: '192.0.2.50', child: 'web', by });
const db = (...by: string[]) => asked('host-child-arp', { target: '192.0.2.51', child: 'db', by });
const WEB_MAC = '02:42:c0:00:02:10';
const DB_MAC = '02:42:c0:00:02:11';
const same = { address: '192.0.2.50/24' };

function withControls(builder: SnapshotBuilder, by: readonly string[] = []): SnapshotBuilder {
  for (const one of controls(by)) builder.observed(one);
  return builder;
}

/** The same host with something changed in the content of one namespace. */
function inside(
  builder: SnapshotBuilder,
  name: string,
  change: (content: NetnsContent) => Partial<NetnsContent>,
): Snapshot {
  const snapshot = builder.build();
  const { namespaces } = snapshot.facts;
  if (namespaces.state !== 'known') return snapshot;
  const changed = namespaces.value.map((netns) => {
    const isMeant = name === 'host' ? netns.isHost : netns.mounts.includes(`/run/netns/${name}`);
    if (!isMeant || netns.content.state !== 'known') return netns;
    const content = { ...netns.content.value, ...change(netns.content.value) };
    return { ...netns, content: known(content) };
  });
  return { ...snapshot, facts: { ...snapshot.facts, namespaces: known(changed) } };
}

/** One namespace more, which nobody could look into. */
function withHidden(builder: SnapshotBuilder): Snapshot {
  const snapshot = builder.build();
  const { namespaces } = snapshot.facts;
  const hidden = {
    inode: 4_026_539_999,
    isHost: false,
    mounts: [],
    processes: [],
    content: unknown('failed', 'no such process'),
  };
  const value = namespaces.state === 'known' ? [...namespaces.value, hidden] : [];
  return { ...snapshot, facts: { ...snapshot.facts, namespaces: known(value) } };
}

const ignoring = (level: number) => ({
  ipv4: { all: { ...CONF, arp_ignore: level }, links: {}, ignoresEcho: false },
});

const IPV6 = ['192.0.2.50/24', '2001:db8::5/64'];

testCheck(duplicateIp, {
  pass: [
    { name: 'everybody has one of their own', given: lan().allHealthy() },
    {
      name: 'a reflecting switch brings back the child’s own answer',
      given: lan().allHealthy({ reflects: true }),
    },
    {
      name: 'a child with two networks, by two links of one namespace',
      given: aSnapshot()
        .parent('eth0')
        .child('web')
        .child('web1', { sameNetnsAs: 'web', address: '192.0.2.50/24', gateway: null })
        .allHealthy(),
    },
    {
      name: 'secondary addresses, each asked for',
      given: aSnapshot()
        .parent('eth0')
        .child('web', { address: ['192.0.2.50/24', '192.0.2.60/24', '198.51.100.7/24'] })
        .allHealthy(),
    },
    {
      name: 'the other one is down',
      given: lan()
        .child('old', { ...same, up: false })
        .allHealthy(),
    },
    {
      name: 'a stopped container keeps its address',
      given: lan()
        .network({ name: 'lan' })
        .container('old', {
          endpoints: [{ networkId: 'net-lan', networkName: 'lan', ipv4: '192.0.2.50' }],
        })
        .allHealthy(),
    },
    {
      name: 'one private subnet on two LANs',
      given: aSnapshot()
        .parent('eth0')
        .child('web')
        .parent('eth1', { address: [] })
        .child('cam', same)
        .allHealthy(),
    },
    {
      name: 'proxy ARP: the same machine answers for everything',
      given: withControls(lan().allHealthy().observed(web(STRANGER)), [STRANGER]),
    },
    {
      name: 'another link of the child’s own namespace answers, by a second NIC on the LAN',
      given: aSnapshot()
        .parent('eth0')
        .child('web')
        .parent('eth1', { address: [] })
        .child('web1', { sameNetnsAs: 'web', address: '198.51.100.9/24', gateway: null })
        .allHealthy()
        .observed(web('02:42:c0:00:02:11')),
    },
    {
      name: 'the host itself answers, by a second NIC on the LAN',
      given: lan()
        .hostLink('eth1', { mac: '52:54:00:00:00:77', address: '198.51.100.2/24' })
        .allHealthy()
        .observed(web('52:54:00:00:00:77')),
    },
    {
      name: 'a service address that its namespace is told never to answer for',
      given: inside(lan().child('vip', same).allHealthy(), 'vip', () => ignoring(8)),
    },
    {
      name: 'the host has it on another link, and answers on each link for that one only',
      given: inside(
        lan().hostLink('br0', { address: '192.0.2.50/32', kind: 'bridge' }).allHealthy(),
        'host',
        () => ignoring(1),
      ),
    },
    {
      name: 'IPv6: the same address on another link of the host',
      given: aSnapshot()
        .parent('eth0')
        .child('web', { address: IPV6 })
        .hostLink('eth1', { address: '2001:db8::5/64' })
        .allHealthy(),
    },
    {
      name: 'IPv6 alone: the kernel has looked for a second owner',
      given: aSnapshot()
        .parent('eth0')
        .child('web', { address: '2001:db8::5/64', gateway: null })
        .allHealthy(),
    },
    {
      name: 'the shim’s address is the shim’s own matter',
      given: lan().shim('mvd-shim', { address: '192.0.2.50/32' }).allHealthy(),
    },
  ],
  found: [
    {
      name: 'a device on the LAN answers',
      given: withControls(lan().allHealthy().observed(web(STRANGER))),
      codes: ['lan'],
      subjects: ['child eth0@web'],
      fixes: ['set-child-address'],
      says: [
        /192\.0\.2\.50 is in use twice: by web, and on the LAN by 9c:8e:cd:11:22:33/,
        /did not answer: this is no proxy ARP/,
        /ip -n web addr del 192\.0\.2\.50\/24 dev eth0/,
        /ip -n web addr add 192\.0\.2\.251\/24 dev eth0/,
        /ip -n web route replace default via 192\.0\.2\.1 dev eth0/,
      ],
    },
    {
      name: 'a device answers before the child, by a reflecting switch',
      given: withControls(lan().allHealthy({ reflects: true }).observed(web(WEB_MAC, STRANGER))),
      codes: ['lan'],
      says: [/9c:8e:cd:11:22:33/],
    },
    {
      name: 'a virtual router has the address',
      given: withControls(lan().allHealthy().observed(web('00:00:5e:00:01:07'))),
      codes: ['lan'],
      says: [/virtual router/],
    },
    {
      name: 'a secondary address',
      given: withControls(
        aSnapshot()
          .parent('eth0')
          .child('web', { address: ['192.0.2.50/24', '192.0.2.60/24'] })
          .child('db')
          .allHealthy()
          .observed(asked('host-child-arp', { target: '192.0.2.60', child: 'web', by: [STRANGER] }))
          .observed(askedByChild('db', '192.0.2.60', [STRANGER, WEB_MAC])),
      ),
      codes: ['lan'],
      fixes: [],
      says: [/192\.0\.2\.60 is in use twice/, /several addresses or routes/],
    },
    {
      name: 'a child that is down, while a device on the LAN has its address',
      given: withControls(
        aSnapshot().parent('eth0').child('web', { up: false }).allHealthy().observed(web(STRANGER)),
      ),
      codes: ['awaited'],
    },
    {
      name: 'two devices, two children: one finding',
      given: withControls(
        lan().allHealthy().observed(web(STRANGER)).observed(db('9c:8e:cd:11:22:44')),
      ),
      codes: ['lan'],
      says: [/192\.0\.2\.51 and 192\.0\.2\.50 are in use twice/],
    },
    ...(['bridge', 'private', 'vepa', 'source'] as const).map((mode) => ({
      name: `two siblings in ${mode} mode`,
      given: aSnapshot()
        .parent('eth0')
        .child('web', { mode })
        .child('old', { mode, ...same })
        .allHealthy(),
      codes: ['siblings'],
      subjects: ['child eth0@old'],
      fixes: ['set-child-address'],
      says: [
        /old and web have the same address: 192\.0\.2\.50/,
        new RegExp(`${mode} mode on eth0`),
      ],
    })),
    {
      name: 'two siblings, both families: one finding',
      given: aSnapshot()
        .parent('eth0')
        .child('web', { address: IPV6 })
        .child('old', { address: IPV6 })
        .allHealthy(),
      codes: ['siblings'],
      says: [/192\.0\.2\.50 and 2001:db8::5/],
    },
    {
      name: 'three siblings, and a container among them',
      given: lan()
        .network({ name: 'lan' })
        .child('app', { network: 'lan', ...same })
        .child('old', same)
        .allHealthy(),
      codes: ['siblings'],
      says: [/app, old and web/, /docker network connect --ip 192\.0\.2\.251 lan app/],
    },
    {
      name: 'containers alone: the engine’s own commands',
      given: aSnapshot()
        .parent('eth0')
        .network({ name: 'lan' })
        .child('web', { network: 'lan' })
        .child('app', { network: 'lan', ...same })
        .allHealthy(),
      codes: ['siblings'],
      fixes: [],
      says: [/docker network disconnect lan web/],
    },
    {
      name: 'a container whose namespace could not be looked into',
      given: lan()
        .network({ name: 'lan' })
        .container('hidden', {
          state: 'running',
          endpoints: [{ networkId: 'net-lan', networkName: 'lan', ipv4: '192.0.2.50' }],
        })
        .allHealthy(),
      codes: ['siblings'],
      says: [/web and hidden have the same address/, /by its engine/],
    },
    {
      name: 'on two parents, and the one was heard by the other',
      given: aSnapshot()
        .parent('eth0')
        .child('web')
        .parent('eth1', { address: [] })
        .child('cam', same)
        .allHealthy()
        .observed(web(DB_MAC)),
      codes: ['siblings'],
      says: [/both parents are on one LAN/],
    },
    {
      name: 'seen with the eyes of one container only',
      given: lan()
        .child('old', same)
        .scope({ containers: ['web'] })
        .allHealthy(),
      codes: ['siblings'],
    },
    {
      name: 'the host’s own address',
      given: aSnapshot().parent('eth0').child('web', { address: '192.0.2.10/24' }).allHealthy(),
      codes: ['host'],
      subjects: ['child eth0@web'],
      says: [/this host's own on eth0/],
    },
    {
      name: 'the host’s address on another link: it answers for that one too',
      given: lan().hostLink('br0', { address: '192.0.2.50/32', kind: 'bridge' }).allHealthy(),
      codes: ['host'],
      says: [/this host's own on br0/],
    },
    {
      name: 'the kernel found a second owner of an IPv6 address',
      given: inside(
        aSnapshot().parent('eth0').child('web', { address: IPV6 }).allHealthy(),
        'web',
        ({ addresses }) => ({
          addresses: addresses.map((one) =>
            one.local.startsWith('2001') ? { ...one, dadfailed: true, tentative: true } : one,
          ),
        }),
      ),
      codes: ['refused'],
      says: [/dadfailed/, /does not use it/],
      saysNot: [/sends frames back/],
    },
    {
      name: 'the kernel found a second owner, which is a sibling, behind a switch that reflects',
      given: inside(
        aSnapshot()
          .parent('eth0')
          .child('web', { address: IPV6 })
          .child('db', { address: ['192.0.2.51/24', '2001:db8::5/64'] })
          .allHealthy({ reflects: true }),
        'web',
        ({ addresses }) => ({
          addresses: addresses.map((one) =>
            one.local.startsWith('2001') ? { ...one, dadfailed: true } : one,
          ),
        }),
      ),
      codes: ['refused'],
      says: [/namely db/, /own question/],
    },
  ],
  notApplicable: [
    { name: 'no children', given: aSnapshot().parent('eth0') },
    { name: 'no addresses', given: aSnapshot().parent('eth0').child('web', { address: [] }) },
  ],
  undetermined: [
    {
      name: 'nothing was sent',
      given: lan(),
      reason: /device on the LAN has 192\.0\.2\.51 and 192\.0\.2\.50/,
    },
    {
      name: 'the question could not be sent',
      given: lan().allHealthy().failed('host-child-arp', {}, 'no raw sockets here'),
      reason: /no raw sockets here/,
    },
    {
      name: 'a stranger, and nobody asked whether it answers for everything',
      given: lan().allHealthy().observed(web(STRANGER)),
      reason: /second owner, or a router that answers for others/,
    },
    {
      name: 'a stranger that answers for one of the addresses that should be nobody’s',
      given: withControls(lan().allHealthy().observed(web(STRANGER))).observed(
        asked('owner-control-arp', { target: '192.0.2.254', by: [STRANGER] }),
      ),
      reason: /proxy ARP/,
    },
    {
      name: 'a router that answers the host’s stack for everybody, and no ARP probe (Linux, proxy_arp_pvlan)',
      given: withControls(
        lan()
          .allHealthy()
          .observed({
            ...web(STRANGER),
            replies: [{ rttMs: 9, mac: STRANGER, forIp: '192.0.2.10' }],
          }),
      ),
      reason: /proxy ARP|answers for others/,
    },
    {
      name: 'a bridge with children, and a namespace that was not looked into',
      given: withHidden(aSnapshot().parent('br0', { kind: 'bridge' }).child('web').allHealthy()),
      reason: /1 network namespace could not be looked into/,
    },
  ],
});
