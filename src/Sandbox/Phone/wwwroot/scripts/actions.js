// What pressing a button, a confirm or a quick reply does. Source: Messaging API reference, "Action objects".
import { h, openSheet, toast } from './dom.js';
import { t } from './i18n.js';

const inputOf = { date: 'date', time: 'time', datetime: 'datetime-local' };

/**
 * @param {object} action An action object of the Messaging API.
 * @param {{text: Function, postback: Function, photo: Function, place: Function, menu: (open: boolean) => void, keyboard: (text: string) => void}} chat What the open chat can do.
 * @param {(uri: string) => void} [opened] Hears of a link that was really opened.
 */
export function perform(action, chat, opened) {
  switch (action.type) {
    case 'message': return chat.text(action.text);
    case 'postback': return postback(action, chat);
    case 'datetimepicker': return pickTime(action, chat);
    case 'uri': return openLink(action.uri, opened);
    case 'camera': return chat.photo(true);
    case 'cameraRoll': return chat.photo(false);
    case 'location': return chat.place();
    case 'clipboard': return copy(action.clipboardText);
    default: return toast(t('unsupported', { type: action.type ?? '?' }));
  }
}

/** A postback may open or close the menu or the keyboard beside what it says. */
function postback(action, chat) {
  if (action.inputOption === 'closeRichMenu') chat.menu(false);
  if (action.inputOption === 'openRichMenu') chat.menu(true);
  if (action.inputOption === 'openKeyboard') chat.keyboard(action.fillInText ?? '');
  return chat.postback({ data: action.data, displayText: action.displayText ?? action.text });
}

/** Opens a web page or a telephone number; other schemes belong to apps that this phone does not have. */
function openLink(uri, opened) {
  const scheme = URL.canParse(uri) ? new URL(uri).protocol : '';
  if (!['http:', 'https:', 'tel:'].includes(scheme)) return toast(t('unsupported', { type: scheme || 'uri' }));
  window.open(uri, '_blank', 'noopener,noreferrer');
  return opened?.(uri);
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(t('copied'));
}

function pickTime(action, chat) {
  const mode = action.mode in inputOf ? action.mode : 'datetime';
  openSheet(action.label ?? t('pickDate'), t('close'), close => {
    const field = h('input', { type: inputOf[mode], required: true, min: inputText(action.min), max: inputText(action.max), value: inputText(action.initial) ?? '' });
    return h('form', {
      onsubmit: event => {
        event.preventDefault();
        close();
        chat.postback({ data: action.data, params: { [mode]: field.value } });
      },
    }, h('label', null, t('pickDate'), field), h('button', { class: 'primary' }, t('ok')));
  });
}

// LINE writes date and time as 2026-01-31t09:00 or with T; the browser's field takes only T.
const inputText = text => text?.replace('t', 'T');
