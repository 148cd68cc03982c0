// Template messages: buttons, confirm, carousels. Source: reference, "Template messages".
import { h, picture } from './dom.js';
import { t } from './i18n.js';

/** The buttons of a template that can be pressed. */
const acts = (actions, act) => h('div', { class: 'acts' }, (actions ?? []).map(action =>
  h('button', { type: 'button', 'data-testid': 'template-action', onclick: () => act(action) }, action.label ?? action.type)));

function card({ thumbnailImageUrl, imageBackgroundColor, title, text, actions, defaultAction }, act, { kind = '', square, contain } = {}) {
  const image = thumbnailImageUrl ? picture(thumbnailImageUrl, { alt: '', class: `${square ? 'square' : ''} ${contain ? 'contain' : ''}` }) : null;
  if (image && /^#[0-9a-f]{6}$/i.test(imageBackgroundColor ?? '')) image.style.backgroundColor = imageBackgroundColor;
  const words = h('div', { class: 'words' }, title ? h('h3', null, title) : null, h('p', null, text ?? ''));
  const face = defaultAction ? h('button', { type: 'button', class: 'card-face', 'aria-label': defaultAction.label ?? title ?? text, onclick: () => act(defaultAction) }, image, words) : [image, words];
  return h('div', { class: `card ${kind}` }, face, acts(actions, act));
}

const row = (label, cards) => h('div', { class: 'carousel', tabindex: '0', role: 'group', 'aria-label': label, 'data-testid': 'carousel' }, cards);

/** A picture that is itself the button. */
const tile = ({ imageUrl, action }, act) => h('button', { type: 'button', class: 'tile', 'data-testid': 'template-action', 'aria-label': action?.label ?? t('photoFrom'), onclick: () => act(action ?? {}) },
  picture(imageUrl, { alt: '' }), action?.label ? h('span', null, action.label) : null);

/** @returns {{content: HTMLElement, wide?: boolean}|null} Null for a kind that this phone does not know. */
export function template(message, act) {
  const shape = message.template ?? {};
  const style = { square: shape.imageAspectRatio === 'square', contain: shape.imageSize === 'contain' };
  switch (shape.type) {
    case 'buttons': return { content: card(shape, act, style) };
    case 'confirm': return { content: card(shape, act, { kind: 'confirm' }) };
    case 'carousel': return { content: row(message.altText, (shape.columns ?? []).map(column => card(column, act, style))), wide: true };
    case 'image_carousel': return { content: row(message.altText, (shape.columns ?? []).map(column => tile(column, act))), wide: true };
    default: return null;
  }
}
