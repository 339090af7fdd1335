// The dependency rule of docs/architecture.md, as data: what each room may import, and what it may not do and so needs nothing else for.
// Imports point down: cli → edge → core → model. A room's own files are always allowed, unless `islands` says otherwise.

const ROOMS = {
  model: {
    may: [],
    reason: 'model holds the nouns that everything stands on: it may not import anything.',
  },
  'core/parse': {
    may: ['model'],
    reason:
      'A parser turns one outside format into nouns; it may not know who asks or what follows.',
  },
  'core/frames': {
    may: ['model'],
    reason: 'Frames are bytes and their meaning; they may not know who sends them.',
  },
  'core/derive': {
    may: ['model'],
    reason:
      'Derived views are shared by checks, fixes and probes; they may not depend on any of these.',
  },
  'core/fixes': {
    may: ['model', 'core/derive'],
    reason:
      'A fix plans from what is known; it may not run anything, nor know which check asks for it.',
  },
  'core/checks': {
    may: ['model', 'core/derive', 'core/fixes'],
    islands: true,
    reason:
      'A check judges a snapshot; it may not know the host or the report, and checks never import each other.',
  },
  'core/plan': {
    may: ['model', 'core/derive'],
    reason:
      'A plan is laid over what is known and read off what was found; it may not run a check, nor know who reads the answer.',
  },
  'core/engine': {
    may: ['model', 'core/derive'],
    reason:
      'The engine receives the checks; importing one would tie the order of judging to a rule.',
  },
  'core/redact': {
    may: ['model', 'core/derive'],
    reason:
      'Stand-ins follow from a snapshot and a keyed function that is handed in; they may not know the key, nor who shares what.',
  },
  'core/messages': {
    may: ['model'],
    reason:
      'What other programs say is data and a way to find it in a text; it may not know the checks that it names, nor who prints it.',
  },
  'core/manual': {
    may: ['model', 'core/messages'],
    reason:
      'The manual turns what checks and messages say of themselves into pages; it may not judge.',
  },
  'core/baseline': {
    may: ['model', 'core/engine'],
    reason:
      'A baseline is laid over a finished report; it may not take part in judging, nor know how its file is read.',
  },
  'core/reporters': {
    may: ['model'],
    reason: 'A reporter prints the report; it may not recompute a verdict or see the snapshot.',
  },
  'core/compare': {
    may: ['model', 'core/derive'],
    reason:
      'Several judged bundles beside each other; it may not judge again, nor know where they came from.',
  },
  'core/bundle': {
    may: ['model'],
    reason:
      'What a bundle is made of, and how one from a stranger is read; it may not know how facts are found, judged or stored.',
  },
  'edge/host': {
    may: ['model', 'core/frames'],
    reason: 'The door to the machine opens; it may not interpret what it read.',
  },
  'edge/gatherers': {
    may: ['model', 'core/parse', 'edge/host'],
    islands: true,
    reason: 'A gatherer looks and wraps; it may not judge, and gatherers never call one another.',
  },
  'edge/bundle': {
    may: ['model', 'core/bundle', 'edge/host'],
    reason: 'Packs and unpacks bundles; it may not know what the facts in them mean.',
  },
  'edge/probes': {
    may: ['model', 'core/parse', 'core/frames', 'core/derive', 'edge/host'],
    reason: 'A probe observes; it may not judge.',
  },
  'edge/lab': {
    may: ['model', 'core/derive', 'edge/host'],
    reason: 'The lab builds sick networks; it may not know how the doctor finds out.',
  },
  'cli/workflows': {
    may: ['model', 'core', 'edge'],
    reason: 'A workflow composes the floors below; it may not read argv, print or exit.',
  },
  'cli/output': {
    may: ['model', 'core/reporters', 'core/baseline', 'core/checks', 'core/derive', 'cli'],
    reason:
      'Where an answer goes is decided after it is known; it may not take part in finding it.',
  },
  'cli/settings': {
    may: ['model', 'core/parse', 'cli'],
    reason:
      'Settings are flags that somebody wrote down; they may not mean anything to what is looked at or judged.',
  },
  'cli/commands': {
    may: ['model', 'core/reporters', 'core/checks', 'cli'],
    reason:
      'A command turns flags into a workflow and its answer into text; it may not hold logic or touch the host.',
  },
};

/** In an island room: files that its members share, and files that list the members. */
const SHARED = {
  'edge/gatherers': {
    parts: [
      'define-gatherer',
      'carriers',
      'engine/ask-each',
      'engine/engine-places',
      'inside/look-into',
      'kernel/arp-table',
      'machine/kernel-drivers',
      'machine/network-managers',
    ],
    lists: ['phases'],
  },
  'core/checks': { parts: [], lists: ['index'] },
};

function filesOf(room, names) {
  return names.map((name) => `^src/${room}/${name}\\.ts$`);
}

function roomRule([room, { may, islands = false, reason }]) {
  const { parts = [], lists = [] } = SHARED[room] ?? {};
  const own = islands ? filesOf(room, parts) : [`^src/${room}/`];
  return {
    name: `${room.replace('/', '-')}-imports`,
    comment: reason,
    severity: 'error',
    from: { path: `^src/${room}/`, pathNot: filesOf(room, lists) },
    to: { path: '^src/', pathNot: [...own, ...may.map((other) => `^src/${other}/`)] },
  };
}

const PURE_PACKAGES = [
  '@noble/hashes',
  // Types alone.
  '@types/sarif',
  'cli-table3',
  'fast-xml-builder',
  'ipaddr.js',
  'string-width',
  'yaml',
  'yaml',
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(ROOMS).map((room) => roomRule(room)),
    {
      name: 'every-room-is-known',
      comment:
        'A file outside the rooms of the table is a file without a rule: give its room a row first.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [...Object.keys(ROOMS).map((room) => `^src/${room}/`), '^src/cli/[^/]+\\.ts$'],
      },
      to: {},
    },
    {
      name: 'checks-are-islands',
      comment:
        'A check that leans on another check cannot be read alone. Shared reasoning belongs in core/derive.',
      severity: 'error',
      from: { path: '^src/core/checks/', pathNot: '/index\\.ts$' },
      to: { path: '^src/core/checks/' },
    },
    {
      name: 'model-is-alone',
      comment:
        'The ground floor imports no package and nothing of Node: its types must mean the same everywhere.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { pathNot: '^src/model/' },
    },
    {
      name: 'core-is-pure',
      comment:
        'Core replays from a saved snapshot on any system: no Node, and only packages that compute.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: {
        pathNot: ['^src/', ...PURE_PACKAGES.map((name) => `node_modules/${name}/`)],
      },
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is a leftover.',
      severity: 'error',
      from: { orphan: true, pathNot: '^src/cli/(commands/|main\\.ts)' },
      to: {},
    },
    {
      name: 'no-tests-in-the-house',
      comment: 'Tests may import anything; nothing imports a test.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts|fixtures)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
