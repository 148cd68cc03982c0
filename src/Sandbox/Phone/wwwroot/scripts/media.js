// Videos, sounds and coupons. This phone plays nothing: it shows what would be played, and lets a person say that they saw it to its end.
import { h, icon, openSheet, picture } from './dom.js';
import { t } from './i18n.js';

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

/** @param {object|null} coupon What the account made it of; null when it is unknown. */
export function couponCard(message, coupon) {
  return h('div', { class: 'card coupon', 'data-testid': 'coupon' },
    coupon?.imageUrl ? picture(coupon.imageUrl, { alt: '' }) : h('div', { class: 'coupon-drawing' }, icon('coupon')),
    h('div', { class: 'words' }, h('h3', null, coupon?.title ?? t('coupon')), h('p', null, coupon?.description ?? t('couponId', { id: message.couponId ?? '' }))));
}
