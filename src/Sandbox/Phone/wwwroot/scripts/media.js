// Videos, sounds and coupons. This phone plays nothing: it shows what would be played, and lets a person say that they saw it to its end.
import { h, icon, openSheet, picture } from './dom.js';
import { between, t } from './i18n.js';

/**
 * @param {object} video originalContentUrl, previewImageUrl, perhaps trackingId and externalLink.
 * @param {(action: object) => void} act
 * @param {(trackingId: string) => void} watched The person saw it to its end.
 */
export function videoCard(video, act, watched) {
  const open = () => openSheet(t('video'), t('close'), close => [
    picture(video.previewImageUrl, { class: 'big', alt: t('videoPreview') }),
    h('p', { class: 'hint' }, t('videoHint')),
    h('button', { type: 'button', class: 'primary', 'data-testid': 'video-watched', onclick: () => { close(); if (video.trackingId) watched(video.trackingId); } }, t('videoWatched')),
    video.externalLink ? h('button', { type: 'button', class: 'quiet', onclick: () => { close(); act({ type: 'uri', uri: video.externalLink.linkUri }); } }, video.externalLink.label) : null,
  ]);
  const element = h('button', { type: 'button', class: 'photo video', 'aria-label': t('videoPlay'), 'data-testid': 'video', onclick: open },
    picture(video.previewImageUrl, { alt: '' }), h('span', { class: 'play' }, icon('play')));
  return { element, open };
}

export function audioBar(message) {
  const seconds = Math.round((message.duration ?? 0) / 1000);
  return h('div', { class: 'audio' }, icon('sound'), h('span', null, t('audio', { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` })));
}

/**
 * A message names its coupon only; what the account made of it is asked for, and the card fills when it comes.
 * @param {(id: string) => Promise<object|null>} find Null when there is none.
 */
export function couponCard({ couponId }, find) {
  const drawing = () => h('div', { class: 'coupon-drawing' }, icon('coupon'));
  const words = (title, ...lines) => h('div', { class: 'words' }, h('h3', null, title), lines.map(line => h('p', null, line)));
  const card = h('div', { class: 'card coupon', 'data-testid': 'coupon' }, drawing(), words(t('coupon'), '…'));
  find(couponId).then(coupon => {
    if (!coupon) return card.replaceChildren(drawing(), words(t('coupon'), t('couponId', { id: couponId ?? '' })));
    const image = coupon.imageUrl ? picture(coupon.imageUrl, { alt: '' }, () => image.replaceWith(drawing())) : drawing();
    const period = between(new Date(coupon.startTimestamp * 1000), new Date(coupon.endTimestamp * 1000), coupon.timezone);
    return card.replaceChildren(image, words(coupon.title, t('couponPeriod', { period }), ...coupon.isClosed ? [t('couponClosed')] : []));
  });
  return card;
}
