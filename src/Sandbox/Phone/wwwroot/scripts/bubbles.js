// How each kind of message looks. What this phone does not know is shown as a neutral bubble with its type: nothing is dropped silently.
import { h, openSheet } from './dom.js';
import { t } from './i18n.js';
import { stickerName, stickerUrl } from './stickers.js';

/** The buttons of a template that can be pressed. */
const acts = (actions, act) => h('div', { class: 'acts' }, (actions ?? []).map(action =>
  h('button', { type: 'button', 'data-testid': 'template-action', onclick: () => act(action) }, action.label ?? action.type)));

const plain = (...content) => ({ element: h('div', { class: 'bubble' }, ...content) });
const bare = (content, wide) => ({ element: h('div', { class: 'bubble bare' }, content), wide });
const strange = type => ({ element: h('div', { class: 'bubble strange' }, t('unsupported', { type })) });

/** Text with its links made to work. */
function linked(text) {
  return text.split(/(https?:\/\/[^\s]+)/).map((part, index) =>
    index % 2 === 0 ? part : h('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part));
}

function sticker({ packageId, stickerId }) {
  const name = stickerName(packageId, stickerId);
  const alt = name ? t('sticker', { name }) : t('unknownSticker', { package: packageId, id: stickerId });
  return bare(h('img', {
    class: 'sticker', src: stickerUrl(packageId, stickerId), alt, width: 128, height: 128,
    onerror: event => { if (!event.target.src.endsWith('/unknown.svg')) event.target.src = '/phone/stickers/unknown.svg'; },
  }));
}

function photo(message) {
  const small = message.previewImageUrl ?? message.originalContentUrl;
  const large = message.originalContentUrl ?? small;
  const image = h('img', { src: small, alt: t('photoFrom'), onerror: () => button.replaceWith(h('div', { class: 'bubble strange' }, t('photoBroken'))) });
  const button = h('button', { type: 'button', class: 'photo', 'aria-label': t('photoOpen'), onclick: () => openSheet(t('photoFrom'), t('close'), () => h('img', { class: 'big', src: large, alt: t('photoFrom') })) }, image);
  return bare(button);
}

function location({ title, address, latitude, longitude }) {
  return bare(h('div', { class: 'card' },
    h('img', { src: '/phone/pictures/map.svg', alt: '' }),
    h('div', { class: 'words' }, h('h3', null, title || t('place')), h('p', null, address || `${latitude}, ${longitude}`))));
}

function card({ thumbnailImageUrl, title, text, actions }, act, kind) {
  return h('div', { class: `card ${kind ?? ''}` },
    thumbnailImageUrl ? h('img', { src: thumbnailImageUrl, alt: '', onerror: event => event.target.remove() }) : null,
    h('div', { class: 'words' }, title ? h('h3', null, title) : null, h('p', null, text ?? '')),
    acts(actions, act));
}

function template(message, act) {
  const shape = message.template ?? {};
  switch (shape.type) {
    case 'buttons': return bare(card(shape, act));
    case 'confirm': return bare(card(shape, act, 'confirm'));
    case 'carousel': return bare(h('div', { class: 'carousel', tabindex: '0', role: 'group', 'aria-label': message.altText }, (shape.columns ?? []).map(column => card(column, act))), true);
    default: return strange(`template/${shape.type ?? '?'}`);
  }
}

/**
 * Draws one message object of the Messaging API.
 * @param {object} message As the account or the person sent it.
 * @param {{act: (action: object) => void}} context What pressing a button in it does.
 * @returns {{element: HTMLElement, wide?: boolean}}
 */
export function bubble(message, { act }) {
  switch (message.type) {
    case 'text':
    case 'textV2': return plain(linked(message.text ?? ''));
    case 'sticker': return sticker(message);
    case 'image': return photo(message);
    case 'location': return location(message);
    case 'template': return template(message, act);
    default: return strange(message.type ?? '?');
  }
}

/** One line for the list of chats. */
export function preview(message) {
  switch (message.type) {
    case 'text':
    case 'textV2': return message.text ?? '';
    case 'sticker': return t('previewSticker');
    case 'image': return t('previewPhoto');
    case 'location': return t('previewPlace');
    default: return message.altText ?? `[${message.type}]`;
  }
}
