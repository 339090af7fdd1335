// `npm run new:check -- ID`: writes a check and its test from a template, ready to be filled in.
import { existsSync, writeFileSync } from 'node:fs';
import { inRoot } from './paths.js';

const [id] = process.argv.slice(2);

function checkText() {
  return `// One line: the bad state, and what it costs.
import { defineCheck } from '../../model/check.js';

export default defineCheck({
  meta: {
    id: '${id}',
    category: 'parent',
    severity: 'fail',
    title: {
      pass: 'Every parent is as it should be',
      found: 'A parent is not as it should be',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-missing'],
    docs: {
      explain: \`What it is, and how people get here.

Why it breaks things, and how it is told from what looks like it.

What is often tried, and does not help.\`,
      references: ['ip-link(8)'],
    },
  },
  messages: {
    'first-code': ({ parent }: { readonly parent: string }) => ({
      what: \`\${parent} is not as it should be.\`,
      why: 'What that breaks.',
      todo: 'What to do, in a sentence.',
    }),
  },
  evaluate: (_facts, { topology }) => {
    if (topology.parents.length === 0) return { notApplicable: 'there is no parent here' };
    const sick = topology.parents.filter((parent) => parent.link.mtu === 0);
    return {
      findings: sick.map((parent) => ({
        code: 'first-code' as const,
        subject: { kind: 'parent' as const, name: parent.name },
        data: { parent: parent.name },
        evidence: [{ from: 'links', says: \`\${parent.name} has an MTU of \${parent.link.mtu}\` }],
        advice: ['What nobody can do on this host.'],
      })),
    };
  },
});
`;
}

function testText() {
  return `import check from '../../../src/core/checks/${id}.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

testCheck(check, {
  pass: [{ name: 'a healthy parent', given: aSnapshot().parent('eth0').child('web') }],
  found: [
    {
      name: 'a parent that is not as it should be',
      given: aSnapshot().parent('eth0', { mtu: 0 }).child('web'),
      codes: ['first-code'],
      subjects: ['parent eth0'],
    },
  ],
  notApplicable: [{ name: 'no macvlan at all', given: aSnapshot() }],
});
`;
}

function write(file, text) {
  writeFileSync(inRoot(file), text);
  console.log(`wrote ${file}`);
}

const isKebabCase = /^[a-z\d]+(?:-[a-z\d]+)+$/.test(id ?? '');
if (!isKebabCase) {
  console.error(
    'Usage: npm run new:check -- ID     (ID names the bad state of a noun: parent-down)',
  );
  process.exitCode = 2;
} else if (existsSync(inRoot('src/core/checks', `${id}.ts`))) {
  console.error(`There is a check called ${id} already.`);
  process.exitCode = 2;
} else {
  write(`src/core/checks/${id}.ts`, checkText());
  write(`test/core/checks/${id}.test.ts`, testText());
  console.log('Next: fill both in, then npm run gen && npm test');
}
