// A link that drops what comes in, because the route back leaves by another link (strict reverse path filtering).
import {
  filteredEvidence,
  filteredPaths,
  unreadPaths,
  type FilteredPath,
} from '../derive/prediction/filtered-paths.js';
import {
  aboutChild,
  aboutShim,
  listOf,
  parentSubject,
  type About,
} from '../derive/wording/victims.js';
import addChildRoute from '../fixes/add-child-route.js';
import addShimRoute from '../fixes/add-shim-route.js';
import loosenRpFilter from '../fixes/loosen-rp-filter.js';
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST, type Undecided } from '../../model/finding.js';
import { whyUnseen } from '../derive/wording/how-to-ask.js';

interface Dropped {
  readonly where: string;
  readonly link: string;
  readonly sources: readonly string[];
  /** ifnames; none where there is no route. */
  readonly backBy: readonly string[];
}

export default defineCheck({
  meta: {
    id: 'rp-filter',
    category: 'filter',
    severity: 'warn',
    title: {
      pass: 'Reverse path filtering drops nothing between host and children',
      found: 'Reverse path filtering drops packets whose way back is another',
    },
    needs: ['namespaces'],
    dependsOn: [
      'parent-down',
      'parent-no-carrier',
      'passthru-shared',
      'shim-down',
      'shim-mode',
      'shim-route-missing',
      'shim-route-shadowed',
      'shim-address-collision',
      'child-down',
      'duplicate-ip',
      'subnet-mismatch',
    ],
    docs: {
      explain: `With rp_filter=1 the kernel looks up, for every packet that comes in, by which link it would answer the sender. If that is another link than the one it came in by, the packet is dropped without a word (RFC 3704, strict mode). That is right at the edge of a network. It hits macvlan where a namespace has two ways to the same neighbours: a host with a shim and a parent in one subnet, a container with two networks.

ARP requests are filtered in the same way, so from outside the address seems not to be there. The counter TcpExtIPReversePathFilter (\`nstat -az\`) climbs.

The right cure is a route: what comes in by a link must be answered by it. Where two ways are wanted, loose mode (2) on that one link is enough: any route back will do.

What does not help: net.ipv4.conf.all.rp_filter=0. Of "all" and the link's own setting the higher one counts, so a 1 on the link stays in force; and a 1 in "all" is in force on every link that does not say 2.`,
      references: [
        'ip-sysctl.rst, rp_filter',
        'RFC 3704',
        'net/ipv4/fib_frontend.c, __fib_validate_source()',
      ],
    },
  },
  messages: {
    strict: ({ where, link, sources, backBy }: Dropped) => ({
      what: `${where} drops what comes in by ${link} from ${listOf(sources)}.`,
      why:
        backBy.length === 0
          ? 'No route leads back to the sender, and reverse path filtering wants one.'
          : `It would answer by ${listOf(backBy)}, and strict reverse path filtering wants the answer to leave by the link that the question came in by.`,
      todo: `Lead the way back by ${link}; or filter loosely there, where two ways are wanted.`,
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    if (parents.every(({ children, shims }) => children.length + shims.length === 0))
      return { notApplicable: 'no macvlan link on any link of this host' };
    const all = filteredPaths(context);
    return {
      findings: all.filter(({ isOpen }) => !isOpen).map((path) => findingFor(path, context)),
      undetermined: [
        ...unreadPaths(context).map((path) => notRead(path)),
        ...all.filter(({ isOpen }) => isOpen).map((path) => notSeen(path, context)),
      ],
    };
  },
});

function notRead(path: FilteredPath): Undecided {
  const { station, paths } = path;
  const link = station.link.ifname;
  const sources = listOf(paths.map(({ source }) => source));
  const reason = `whether ${link} drops what comes in from ${sources} was not seen: its IPv4 settings could not be read; \`sysctl -a --pattern rp_filter\` shows them, in the same network namespace`;
  return { ...aboutPath(path), reason };
}

/** Another end answers in its place perhaps. */
function notSeen(path: FilteredPath, context: CheckContext): Undecided {
  const { station, paths } = path;
  const link = station.link.ifname;
  const sources = listOf(paths.map(({ source }) => source));
  const why = whyUnseen(context, 'no probe was sent that way');
  const reason = `${link} drops what comes in from ${sources} (rp_filter); whether another link answers in its place was not seen: ${why}`;
  return { ...aboutPath(path), reason };
}

/** The link that drops it. */
function aboutPath({ station, child, shim }: FilteredPath): About {
  if (child !== undefined) return aboutChild(child);
  const parent = parentSubject(station.parent.name);
  const about = shim === undefined ? { subject: parent, within: [] } : aboutShim(shim);
  return { ...about, within: [...about.within, HOST] };
}

function findingFor(path: FilteredPath, { topology }: CheckContext) {
  const { station, paths, child, shim } = path;
  const link = station.link.ifname;
  const sources = paths.map(({ source }) => source);
  const backBy = [...new Set(paths.flatMap((one) => one.backBy ?? []))];
  const evidence = filteredEvidence(path);
  const common = { code: 'strict' as const, ...aboutPath(path), evidence };
  if (child !== undefined) {
    const route = addChildRoute.request({ child: child.name, destinations: sources });
    return {
      ...common,
      data: { where: child.label, link, sources, backBy },
      remedies: [route, loosenRpFilter.request({ link, child: child.name })],
    };
  }
  const shims = new Set(topology.parents.flatMap((parent) => parent.shims.map(({ name }) => name)));
  const destinations = sources.map((source) => `${source}/32`);
  // A route that another shim holds is there for a reason.
  const isRouteWanted = shim !== undefined && !backBy.some((by) => shims.has(by));
  return {
    ...common,
    data: { where: 'This host', link, sources, backBy },
    remedies: [
      ...(isRouteWanted ? [addShimRoute.request({ shim: link, destinations })] : []),
      loosenRpFilter.request({ link }),
    ],
  };
}
