// The menu behind the three dots of a chat: block, unblock, add.
import { h, icon, iconButton } from './dom.js';
import { t } from './i18n.js';

/** @param {{befriend: Function, block: Function}} deps */
export function chatMenu({ befriend, block }) {
  const list = h('div', { class: 'menu-list', role: 'menu', hidden: true });
  const button = iconButton('more', t('menu'), { 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'data-testid': 'chat-menu', onclick: () => open(list.hidden) });
  const element = h('div', { class: 'menu', onkeydown: keyed }, button, list);
  element.addEventListener('focusout', event => { if (!element.contains(event.relatedTarget)) open(false); });

  function open(now) {
    list.hidden = !now;
    button.setAttribute('aria-expanded', String(now));
    if (now) list.querySelector('button')?.focus();
  }

  function keyed(event) {
    if (event.key !== 'Escape' || list.hidden) return;
    open(false);
    button.focus();
  }

  const item = (label, drawing, doing) => h('button', { type: 'button', role: 'menuitem', onclick: () => { open(false); doing(); } }, icon(drawing), label);

  /** @param {'none'|'friend'|'blocked'} friend What the person is to the account. */
  function draw(friend) {
    const [label, drawing, doing] = friend === 'friend' ? [t('block'), 'block', block] : [t(friend === 'blocked' ? 'unblock' : 'addFriend'), 'add', befriend];
    list.replaceChildren(item(label, drawing, doing));
  }

  return { element, draw };
}
