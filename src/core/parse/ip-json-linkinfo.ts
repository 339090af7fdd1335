// `linkinfo` of `ip -d -j link`: the parts of it that the doctor keeps.
import type { LinkInfo, LinkInfoData } from '../../model/link.js';
import { asRecord, asText } from './docker/docker-fields.js';

/** Undefined when there is neither a kind nor a master's kind. */
export function linkInfoOf(info: Readonly<Record<string, unknown>>): LinkInfo | undefined {
  const kind = asText(info['info_kind']);
  const slaveKind = asText(info['info_slave_kind']);
  if (kind === undefined && slaveKind === undefined) return undefined;
  const data = infoData(kind, asRecord(info['info_data']));
  return {
    ...(kind !== undefined && { info_kind: kind }),
    ...(data && { info_data: data }),
    ...(slaveKind !== undefined && { info_slave_kind: slaveKind }),
  };
}

function infoData(
  kind: string | undefined,
  data: Readonly<Record<string, unknown>>,
): LinkInfoData | undefined {
  const mode = asText(data['mode']);
  if (kind === 'macvlan' || kind === 'macvtap') {
    const count = mode === 'source' ? data['macaddr_count'] : undefined;
    return {
      mode: mode ?? 'unknown',
      flags: flagsIn(data, ['nopromisc', 'nodst']),
      ...(typeof count === 'number' && { macaddr_count: count }),
    };
  }
  if ((kind === 'ipvlan' || kind === 'ipvtap') && mode !== undefined) {
    const flags = flagsIn(data, ['private', 'vepa']);
    return { mode, ...(flags.length > 0 && { flags }) };
  }
  const id = data['id'];
  return kind === 'vlan' && typeof id === 'number' ? { id } : undefined;
}

/** Each flag is a key of its own: true, and null in older versions. */
function flagsIn(data: Readonly<Record<string, unknown>>, names: readonly string[]): string[] {
  return names.filter((flag) => flag in data && data[flag] !== false);
}
