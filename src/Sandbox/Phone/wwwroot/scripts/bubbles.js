// How each kind of message looks. What this phone does not know is shown as a neutral bubble with its type: nothing is dropped silently.
import { h, openSheet, picture } from './dom.js';
import { t } from './i18n.js';
import { flexMessage } from './flex.js';
import { imagemap } from './imagemap.js';
import { audioBar, couponCard, videoCard } from './media.js';
import { stickerName, stickerUrl } from './stickers.js';
import { template } from './templates.js';
import { textWithEmojis, textWithSubstitution } from './words.js';

const plain = (...content) => ({ element: h('div', { class: 'bubble' }, ...content) });
const bare = (content, wide) => ({ element: h('div', { class: 'bubble bare' }, content), wide });
const strange = type => ({ element: h('div', { class: 'bubble strange' }, t('unsupported', { type })) });
const gone = words => ({ element: h('div', { class: 'bubble strange' }, words) });

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
  const image = picture(small, { alt: t('photoFrom') }, () => button.replaceWith(h('div', { class: 'bubble strange' }, t('photoBroken'))));
  const button = h('button', { type: 'button', class: 'photo', 'aria-label': t('photoOpen'), onclick: () => openSheet(t('photoFrom'), t('close'), () => picture(large, { class: 'big', alt: t('photoFrom') })) }, image);
  return bare(button);
}

function location({ title, address, latitude, longitude }) {
  return bare(h('div', { class: 'card' },
    h('img', { src: '/phone/pictures/map.svg', alt: '' }),
    h('div', { class: 'words' }, h('h3', null, title || t('place')), h('p', null, address || `${latitude}, ${longitude}`))));
}

function templated(message, act) {
  const shown = template(message, act);
  return shown ? bare(shown.content, shown.wide) : strange(`template/${message.template?.type ?? '?'}`);
}

/**
 * Draws one message object of the Messaging API.
 * @param {object} message As the account or the person sent it.
 * @param {{act: (action: object) => void, watched: (trackingId: string) => void, coupon: (id: string) => Promise<object|null>}} context What pressing a button in it does, seeing a video to its end, and what is known of a coupon.
 * @returns {{element: HTMLElement, wide?: boolean}}
 */
export function bubble(message, { act, watched, coupon }) {
  switch (message.type) {
    case 'text': return plain(textWithEmojis(message), message.isEdited ? h('small', { class: 'edited' }, t('edited')) : null);
    case 'textV2': return plain(textWithSubstitution(message));
    case 'sticker': return sticker(message);
    case 'image': return photo(message);
    case 'video': return bare(videoCard(message, act, watched).element);
    case 'audio': return plain(audioBar(message));
    case 'location': return location(message);
    case 'template': return templated(message, act);
    case 'imagemap': return bare(imagemap(message, act, watched), true);
    case 'flex': return flexMessage(message, act);
    case 'coupon': return bare(couponCard(message, coupon));
    case 'unsent': return gone(t('unsent'));
    default: return strange(message.type ?? '?');
  }
}

/** One line for the list of chats, and for what quotes it. */
export function preview(message) {
  switch (message.type) {
    case 'text':
    case 'textV2': return message.text ?? '';
    case 'sticker': return t('previewSticker');
    case 'image': return t('previewPhoto');
    case 'video': return t('previewVideo');
    case 'audio': return t('previewAudio');
    case 'location': return t('previewPlace');
    case 'coupon': return t('coupon');
    case 'unsent': return t('unsent');
    case 'notice': return noticeWords(message);
    default: return message.altText ?? `[${message.type}]`;
  }
}

/** What LINE says in a group about who comes and goes. */
export const noticeWords = ({ did, who }) => t(did === 'joined' ? 'noticeJoined' : 'noticeLeft', { who });
