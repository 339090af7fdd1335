// Texts with a form of their own: network modes, chains of packet filters, what a rule is about, the chassis' tag.
import { SIGNS } from '../../derive/platform/signs.js';
import type { Reading } from '../mapper.js';

/** `--network container:web`, else the name of a network. */
export const readNetworkMode: Reading = (text, mapper) => {
  const [, whose] = /^container:(.*)$/su.exec(text) ?? [];
  if (whose === undefined) return ID.test(text) ? mapper.id(text) : mapper.name('network', text);
  return `container:${ID.test(whose) ? mapper.id(whose) : mapper.name('container', whose)}`;
};

const ID = /^[\da-f]{12,64}$/u;

/** Tables and chains of the kernel and of the usual programs. */
const CHAIN =
  /^(?:filter|nat|mangle|raw|security|firewalld|(?:[A-Za-z]+_)*(?:input|output|forward|prerouting|postrouting|ingress|egress)(?:_[A-Za-z]+)*|inet|ip6?|(?:DOCKER|KUBE|CNI|CALICO|LIBVIRT|NETAVARK|PODMAN|ufw6?|f2b|YJ|LOG)[\w-]*|logdrop|reject|drop)$/iu;

export const readChain: Reading = (text, mapper) =>
  CHAIN.test(text) ? text : mapper.name('chain', text);

/** A quote ends it where a space follows, or nothing: tools print those within it as they are. */
const REMARK =
  /(log prefix |--log-prefix |--comment )(?:"(?:\\.|[^"\\]|"(?!\s|…?$))*(?:"|\\?$)|\S+)/gu;

/** What a rule logs is somebody's own words; an address that the end of a long rule cuts off would escape the map. */
export const readMatches: Reading = (text, mapper) =>
  mapper.prose(
    text
      .replaceAll(REMARK, '$1"…"')
      .replace(/[\da-f:.]*(?=…?$)/iu, (end) =>
        /[.:]/u.test(end) && text.length >= CUT_AT ? '' : end,
      ),
  );

/** Where the parsers of rules shorten them. */
const CUT_AT = 200;

/** A company's own number of the machine, unless it is one by which a cloud is known. */
export const readAssetTag: Reading = (text) => {
  const isSign = SIGNS.some(({ says }) => says.chassisAssetTag?.test(text) === true);
  return isSign || /\b(?:Hetzner|OVH|Scaleway|LeaseWeb)\b/iu.test(text) ? text : 'left out';
};
