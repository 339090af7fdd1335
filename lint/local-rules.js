// The house's own lint rules: an id is its file's name, and a command is a list of words.
import path from 'node:path';

function stringValue(node) {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

function keyName(property) {
  return property.type === 'Property' ? (property.key.name ?? property.key.value) : undefined;
}

function metaProperty(object, name) {
  const meta = object.properties.find((property) => keyName(property) === 'meta')?.value;
  return meta?.type === 'ObjectExpression'
    ? meta.properties.find((property) => keyName(property) === name)
    : undefined;
}

/** Files with a `meta` are found by their id, so the id must be the file's name. */
const idIsFileName = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { differs: 'meta.id is the file name without .ts: expected "{{expected}}".' },
  },
  create(context) {
    const expected = path.basename(context.filename, '.ts');
    return {
      'ExportDefaultDeclaration ObjectExpression'(node) {
        const id = metaProperty(node, 'id');
        if (id === undefined || stringValue(id.value) === expected) return;
        context.report({ node: id, messageId: 'differs', data: { expected } });
      },
    };
  },
};

const COMMAND =
  /^(?:ip|bridge|nft|iptables|tc|sysctl|nsenter|ethtool|modprobe|docker|systemctl|nmcli|networkctl) /;

function isCommandLine(text) {
  return COMMAND.test(text);
}

/** A fix hands over argv arrays; a command line in one string would need quoting, and somebody would forget it. */
const argvIsAnArray = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { line: "A command is an array of words (['ip', 'link', …]), never one string." },
  },
  create(context) {
    return {
      TemplateLiteral(node) {
        if (isCommandLine(node.quasis[0].value.raw)) context.report({ node, messageId: 'line' });
      },
      'ArrayExpression > Literal'(node) {
        if (isCommandLine(stringValue(node) ?? '')) context.report({ node, messageId: 'line' });
      },
    };
  },
};

export default { rules: { 'id-is-file-name': idIsFileName, 'argv-is-an-array': argvIsAnArray } };
