// What can be done with one message: answer it, take it back, change its words.
import { h, icon, openSheet } from './dom.js';
import { t } from './i18n.js';

/**
 * @param {{own: boolean, isText: boolean, inGroup: boolean}} kind
 * @param {{quote: Function, unsend: Function, edit: (text: string) => void}} actions
 * @param {string} text What it says now.
 */
export function messageMenu({ own, isText, inGroup }, { quote, unsend, edit }, text) {
  openSheet(t('messageMenu'), t('close'), close => {
    const choice = (drawing, label, testId, doing) => h('button', { type: 'button', class: 'quiet', 'data-testid': testId, onclick: () => { close(); doing(); } }, icon(drawing), label);
    return [
      choice('quote', t('quote'), 'message-quote', quote),
      own && isText && inGroup ? choice('edit', t('edit'), 'message-edit', () => askForWords(text, edit)) : null,
      own ? choice('clear', t('unsend'), 'message-unsend', unsend) : null,
    ];
  });
}

function askForWords(text, use) {
  openSheet(t('edit'), t('close'), close => {
    const field = h('input', { value: text, required: true, maxlength: 5000, 'data-testid': 'edit-text' });
    return h('form', { onsubmit: event => { event.preventDefault(); close(); use(field.value); } },
      h('label', null, t('write'), field), h('button', { class: 'primary', 'data-testid': 'edit-save' }, t('ok')));
  });
}
