// The two sticker packages that we drew. Their numbers are ones that LINE lets accounts send, so a module that answers with one works there too.
import { h } from './dom.js';
import { language, t } from './i18n.js';

const packages = [
  {
    packageId: '446', name: 'packBun', stickers: [
      ['1988', '哈囉', 'Hello'], ['1989', '謝謝', 'Thank you'], ['1990', '開心', 'Happy'],
      ['1991', '抱歉', 'Sorry'], ['1992', '肚子餓', 'Hungry'], ['1993', '晚安', 'Good night'],
    ],
  },
  {
    packageId: '789', name: 'packCloud', stickers: [
      ['10855', 'OK', 'OK'], ['10856', '疑問', 'What?'], ['10857', '慶祝', 'Hooray'],
      ['10858', '難過', 'Sad'], ['10859', '喜歡', 'Love it'], ['10860', '生氣', 'Grumpy'],
    ],
  },
];

export const stickerUrl = (packageId, stickerId) => `/phone/stickers/${encodeURIComponent(packageId)}/${encodeURIComponent(stickerId)}.svg`;

/** @returns {string|null} What the sticker says, in the page's language; null when it is none of ours. */
export function stickerName(packageId, stickerId) {
  const found = packages.find(one => one.packageId === String(packageId))?.stickers.find(([id]) => id === String(stickerId));
  return found ? found[language() === 'zh-TW' ? 1 : 2] : null;
}

/** The drawer of stickers: one tab a package; arrow keys move between the tabs. */
export function picker(use) {
  const grid = h('div', { class: 'picker', role: 'tabpanel', id: 'sticker-panel' });
  const tabs = packages.map(one => h('button', { type: 'button', role: 'tab', 'aria-controls': 'sticker-panel', onclick: () => show(one) },
    h('img', { src: stickerUrl(one.packageId, one.stickers[0][0]), alt: '' }), t(one.name)));

  function show(chosen) {
    tabs.forEach((tab, index) => {
      const selected = packages[index] === chosen;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
    });
    grid.setAttribute('aria-label', t(chosen.name));
    grid.replaceChildren(...chosen.stickers.map(([id]) => h('button', {
      type: 'button', 'aria-label': stickerName(chosen.packageId, id), 'data-testid': `sticker-${chosen.packageId}-${id}`,
      onclick: () => use({ packageId: chosen.packageId, stickerId: id }),
    }, h('img', { src: stickerUrl(chosen.packageId, id), alt: '', loading: 'lazy' }))));
  }

  function arrows(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length;
    tabs[next].click();
    tabs[next].focus();
  }

  show(packages[0]);
  return h('div', null, h('div', { class: 'picker-tabs', role: 'tablist', 'aria-label': t('stickers'), onkeydown: arrows }, tabs), grid);
}
