// Where a person writes: text, stickers, a photo, a place. Enter sends, Shift+Enter makes a new line.
import { h, icon, iconButton } from './dom.js';
import { t } from './i18n.js';
import { picker } from './stickers.js';
import { choosePhoto } from './photo.js';
import { choosePlace } from './place.js';
import { passBeacon } from './beacon.js';

const longest = 5000; // LINE's limit for a text message.

/**
 * @param {{draft: string, keep: (text: string) => void, send: (message: object) => Promise<void>, beacon: ((type: string) => void)|null}} deps `beacon` is null where none can be passed.
 * @returns {{element: HTMLElement, pickPhoto: (camera: boolean) => void, pickPlace: () => void, fill: (text: string) => void}}
 */
export function composer({ draft, keep, send, beacon }) {
  const field = h('textarea', { rows: 1, maxlength: longest, placeholder: t('write'), 'aria-label': t('write'), 'data-testid': 'composer-text', enterkeyhint: 'send', value: draft, oninput: changed, onkeydown: keyed });
  const sendButton = h('button', { type: 'submit', class: 'icon-button send', 'aria-label': t('sendMessage'), title: t('sendMessage'), 'data-testid': 'composer-send' }, icon('send'));
  const drawer = h('div', { class: 'drawer', hidden: true });
  const plus = iconButton('plus', t('moreToSend'), { 'aria-expanded': 'false', 'data-testid': 'composer-more', onclick: () => toggle(plus, extras) });
  const smile = iconButton('smile', t('stickers'), { 'aria-expanded': 'false', 'data-testid': 'composer-stickers', onclick: () => toggle(smile, stickers) });
  const element = h('div', { class: 'composer', onkeydown: escape },
    h('form', { onsubmit: submit }, plus, h('div', { class: 'field' }, field, smile), sendButton),
    drawer);

  function changed() {
    keep(field.value);
    field.style.height = '44px';
    field.style.height = `${Math.min(field.scrollHeight + 2, 124)}px`;
    sendButton.disabled = field.value.trim() === '';
  }

  function keyed(event) {
    // While a word is still being composed from keys (Zhuyin, kana), Enter belongs to the input method; Safari says so only by the key code.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit(event);
  }

  function submit(event) {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '') return;
    field.value = '';
    changed();
    send({ type: 'text', text });
  }

  function toggle(button, content) {
    const opening = button.getAttribute('aria-expanded') !== 'true';
    for (const one of [plus, smile]) one.setAttribute('aria-expanded', String(one === button && opening));
    drawer.hidden = !opening;
    drawer.replaceChildren(...(opening ? [content()] : []));
    if (opening) drawer.querySelector('button')?.focus();
  }

  function shut() {
    const opener = [plus, smile].find(button => button.getAttribute('aria-expanded') === 'true');
    if (opener) toggle(opener);
    return opener;
  }

  function escape(event) {
    if (event.key === 'Escape') shut()?.focus();
  }

  const stickers = () => picker(sticker => {
    shut()?.focus();
    send({ type: 'sticker', ...sticker });
  });

  const extra = (drawing, label, action) => h('button', { type: 'button', 'data-testid': `composer-${drawing}`, onclick: () => { shut()?.focus(); action(); } }, icon(drawing), label);
  const extras = () => h('div', { class: 'extras' },
    extra('photo', t('photo'), () => pickPhoto(false)), extra('camera', t('camera'), () => pickPhoto(true)), extra('place', t('place'), pickPlace),
    beacon ? extra('signal', t('beacon'), () => passBeacon(beacon)) : null);

  function pickPhoto(camera) { choosePhoto(camera, dataUrl => send({ type: 'image', dataUrl })); }
  function pickPlace() { choosePlace(place => send({ type: 'location', ...place })); }

  sendButton.disabled = draft.trim() === '';
  /** Puts words into the field for the person to finish, and the cursor behind them. */
  function fill(text) {
    field.value = text || field.value;
    changed();
    field.focus();
  }

  return { element, pickPhoto, pickPlace, fill };
}
