// Text as people read it: links that work, LINE's own emojis, mentions.
import { h } from './dom.js';
import { t } from './i18n.js';

/** Text with its links made to work. */
export function linked(text) {
  return text.split(/(https?:\/\/[^\s]+)/).map((part, index) =>
    index % 2 === 0 ? part : h('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part));
}

/** Stands for one of LINE's own emojis, which are LINE's drawings and not ours to show. */
const emoji = ({ productId, emojiId }) => h('span', { class: 'emoji', role: 'img', 'aria-label': t('emoji'), title: `${productId}/${emojiId}` }, '☺');

/** A text whose `$` at certain places stand for emojis. */
export function textWithEmojis({ text = '', emojis }) {
  const byPlace = [...(Array.isArray(emojis) ? emojis : [])].sort((one, other) => one.index - other.index);
  const parts = [];
  let from = 0;
  for (const one of byPlace) {
    parts.push(linked(text.slice(from, one.index)), emoji(one));
    from = one.index + 1;
  }
  return [...parts, linked(text.slice(from))].flat();
}

/** A text with `{key}` for what is to be put in, and doubled braces for braces. */
export function textWithSubstitution({ text = '', substitution }) {
  return text.split(/(\{\{|\}\}|\{[0-9A-Za-z_]{1,20}\})/).flatMap(part => {
    if (part === '{{' || part === '}}') return [part[0]];
    const put = /^\{.+\}$/.test(part) ? substitution?.[part.slice(1, -1)] : undefined;
    if (put?.type === 'emoji') return [emoji(put)];
    if (put?.type === 'mention') return [h('b', { class: 'mention' }, `@${put.mentionee?.type === 'all' ? 'All' : t('member')}`)];
    return linked(part);
  });
}
