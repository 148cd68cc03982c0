// The rich menu at the foot of a chat: a bar that opens and closes it, a picture, and areas to tap. Source: reference, "Rich menu".
import * as api from './api.js';
import { h, icon, picture, toast } from './dom.js';
import { t } from './i18n.js';
import { actionWords, tapAreas } from './areas.js';

/** @param {{botId: string, personId: string, act: (action: object) => void}} deps `act` does what a tapped area asks for. */
export function richMenu({ botId, personId, act }) {
  const bar = h('button', { type: 'button', class: 'menu-bar', 'aria-expanded': 'false', 'data-testid': 'rich-menu-bar', onclick: () => open(panel.hidden) });
  const panel = h('div', { class: 'menu-panel', role: 'group', 'data-testid': 'rich-menu', hidden: true });
  const element = h('div', { class: 'rich-menu', hidden: true }, bar, panel);
  let shown = null;

  function open(now) {
    panel.hidden = !now;
    bar.setAttribute('aria-expanded', String(now));
    bar.replaceChildren(icon('menu'), h('span', null, shown?.chatBarText ?? ''), icon(now ? 'down' : 'up'));
  }

  /** Reads the menu again; one that was not there before opens by itself if it says so. */
  async function refresh() {
    let menu;
    try {
      menu = await api.richMenu(botId, personId);
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      return; // The chat says itself that there is no line.
    }
    const isOther = menu?.richMenuId !== shown?.richMenuId;
    const wasOpen = shown !== null && !panel.hidden;
    shown = menu;
    element.hidden = !menu;
    if (!menu) return;
    if (isOther) draw(menu);
    open(wasOpen || isOther && menu.selected);
  }

  function draw(menu) {
    panel.setAttribute('aria-label', menu.chatBarText);
    panel.style.aspectRatio = `${menu.size.width} / ${menu.size.height}`;
    panel.replaceChildren(picture(menu.imageUrl, { alt: '' }),
      ...tapAreas(menu.size, menu.areas.map((area, index) => ({ bounds: area.bounds, label: actionWords(area.action), press: () => tap(menu, index) })), 'rich-menu-area'));
  }

  /** The sandbox switches menus itself, as LINE does; every other action is done here as if it were a button's. */
  async function tap(menu, index) {
    try {
      const { action } = await api.tapRichMenu(botId, personId, menu.richMenuId, index);
      if (action.type !== 'richmenuswitch') act(action);
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      toast(error.words);
      await refresh();
    }
  }

  return { element, refresh, open: now => { if (shown) open(now); } };
}
