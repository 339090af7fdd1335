// Every text and number that a snapshot can hold has a reading; which texts stay as they are is a list that people agree to.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SNAPSHOT } from '../../../src/core/redact/shapes/snapshot-shape.js';
import type { AnyShape } from '../../../src/core/redact/shapes/shape.js';

const SCHEMA = new URL('../../../schemas/snapshot.v1.json', import.meta.url);

interface Node {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

const { definitions, $ref: ROOT } = JSON.parse(readFileSync(SCHEMA, 'utf8')) as {
  readonly definitions: Readonly<Record<string, Node>>;
  readonly $ref: string;
};

function resolved({ $ref, ...node }: Node): Node {
  const name = decodeURIComponent($ref?.slice('#/definitions/'.length) ?? '');
  return $ref === undefined ? node : resolved(definitions[name] ?? {});
}

type Leaf = 'word' | 'text' | 'as it is';

/** Every leaf of the generated schema, with `[]` for the members of a list and `{}` for those of a record. */
function leavesOfSchema(given: Node, path = ''): [string, Leaf][] {
  const node = resolved(given);
  if (node.anyOf !== undefined) return node.anyOf.flatMap((one) => leavesOfSchema(one, path));
  if (node.items !== undefined) return leavesOfSchema(node.items, `${path}[]`);
  const { properties, additionalProperties } = node;
  if (properties !== undefined)
    return Object.entries(properties).flatMap(([key, one]) =>
      leavesOfSchema(one, `${path}.${key}`),
    );
  if (additionalProperties !== undefined)
    return [[`${path}{key}`, 'text'], ...leavesOfSchema(additionalProperties, `${path}{}`)];
  const isText = [node.type].flat().includes('string');
  if (!isText) return [[path, 'as it is']];
  return [[path, node.enum === undefined && node.const === undefined ? 'text' : 'word']];
}

function leavesOfShape(shape: AnyShape, path = ''): [string, string][] {
  if (typeof shape === 'string') return [[path, shape]];
  if ('list' in shape) return leavesOfShape(shape.list, `${path}[]`);
  if ('values' in shape)
    return [[`${path}{key}`, shape.keys], ...leavesOfShape(shape.values, `${path}{}`)];
  if ('kinds' in shape)
    return Object.values(shape.kinds).flatMap((one) => leavesOfShape(one, path));
  if ('fact' in shape) {
    const ofValue = leavesOfShape(shape.fact, `${path}.value`);
    return [[`${path}.state`, 'word'], [`${path}.reason`, 'prose'], ...ofValue];
  }
  return Object.entries(shape.fields).flatMap(([key, one]) => leavesOfShape(one, `${path}.${key}`));
}

const inSchema = new Map(leavesOfSchema({ $ref: ROOT }));
const inShape = new Map(leavesOfShape(SNAPSHOT));

describe('the table of what a snapshot holds', () => {
  it('names every text, number and key that the schema knows, and no other', () => {
    expect([...inShape.keys()].toSorted()).toEqual([...inSchema.keys()].toSorted());
    expect(inSchema.size).toBeGreaterThan(200);
  });

  it('reads texts as texts and numbers as numbers', () => {
    const wrong = [...inSchema].filter(([path, leaf]) => {
      const reading = inShape.get(path);
      if (leaf === 'text') return reading === 'as it is';
      return reading !== leaf;
    });
    expect(wrong).toEqual([]);
  });

  it('leaves these open texts as they are, and no other', () => {
    const kept = [...inSchema].filter(
      ([path, leaf]) => leaf === 'text' && inShape.get(path) === 'word',
    );
    expect(kept.map(([path]) => path.replace(/^\.facts\./u, ''))).toMatchInlineSnapshot(`
      [
        ".tool.name",
        ".tool.version",
        ".takenAt",
        "platform.value.os",
        "platform.value.kernel",
        "platform.value.arch",
        "platform.value.distribution",
        "namespaces.value[].content.value.links[].flags[]",
        "namespaces.value[].content.value.links[].operstate",
        "namespaces.value[].content.value.links[].link_type",
        "namespaces.value[].content.value.links[].linkinfo.info_kind",
        "namespaces.value[].content.value.links[].linkinfo.info_data.mode",
        "namespaces.value[].content.value.links[].linkinfo.info_data.flags[]",
        "namespaces.value[].content.value.links[].linkinfo.info_slave_kind",
        "namespaces.value[].content.value.addresses[].scope",
        "namespaces.value[].content.value.routes[].type",
        "namespaces.value[].content.value.routes[].table",
        "namespaces.value[].content.value.routes[].protocol",
        "namespaces.value[].content.value.routes[].scope",
        "namespaces.value[].content.value.routes[].flags[]",
        "namespaces.value[].content.value.routes[].nexthops[].flags[]",
        "namespaces.value[].content.value.rules[].fwmark",
        "namespaces.value[].content.value.rules[].table",
        "namespaces.value[].content.value.rules[].action",
        "fdb.value[].flags[]",
        "fdb.value[].state",
        "runtime.value.engine.serverVersion",
        "runtime.value.engine.operatingSystem",
        "runtime.value.engine.kernelVersion",
        "runtime.value.engine.osType",
        "runtime.value.engine.apiVersion",
        "runtime.value.engine.swarmState",
        "runtime.value.networks[].driver",
        "runtime.value.networks[].scope",
        "runtime.value.networks[].mode",
        "runtime.value.networks[].ipvlanFlag",
        "runtime.value.containers[].state",
        "runtime.value.containers[].published[].protocol",
        "routeLookups.value[].table",
        "routeLookups.value[].type",
        "neighboursAfter.value{key}",
        "machine.value.systemVendor",
        "machine.value.productName",
        "machine.value.productVersion",
        "machine.value.boardVendor",
        "machine.value.biosVendor",
        "machine.value.hypervisorType",
        "machine.value.deviceTreeModel",
        "nics.value{}.driver",
        "nics.value{}.busInfo",
        "services.value{key}",
        "filters.value{key}",
        "filters.value{}.dropping[].family",
        "filters.value{}.dropping[].hook",
        "filters.value{}.dropping[].verdict",
        "resolvers.value{key}",
        "plan.value.networks[].driver",
        "plan.value.networks[].options{key}",
        "plan.value.containers[].published[].protocol",
        ".sources[].id",
      ]
    `);
  });
});
