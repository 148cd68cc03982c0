// The phone's doors at the sandbox: JSON calls and event streams.
import { t, tOr } from './i18n.js';

/** The sandbox did not take a call: no line to it (`status` 0), or its refusal with its own words. */
export class ApiError extends Error {
  constructor(status, message, code) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The reason in the page's language. */
  get words() {
    return this.status === 0 ? t('noLine') : tOr(`refused.${this.code}`, this.message);
  }
}

async function call(method, path, body) {
  let response, text;
  try {
    response = await fetch(`/phone/api/${path}`, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    text = await response.text();
  } catch (error) {
    throw new ApiError(0, error.message); // Rejected only when there is no line, or it breaks in the middle of the answer.
  }
  const answer = text ? parsed(text) : null;
  if (!response.ok) throw new ApiError(response.status, answer?.message ?? response.statusText, answer?.code);
  return answer;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // An error page of something between us and the sandbox: the status says enough.
  }
}

const chatPath = (botId, personId) => `chats/${encodeURIComponent(botId)}/${encodeURIComponent(personId)}`;

export const people = () => call('GET', 'people');
export const accounts = personId => call('GET', `accounts?as=${encodeURIComponent(personId)}`);
export const messages = (botId, personId, after) => call('GET', `${chatPath(botId, personId)}/messages?after=${after}`);
export const send = (botId, personId, message) => call('POST', `${chatPath(botId, personId)}/messages`, message);
export const postback = (botId, personId, body) => call('POST', `${chatPath(botId, personId)}/postback`, body);
export const follow = (botId, personId) => call('POST', `${chatPath(botId, personId)}/follow`);
export const block = (botId, personId) => call('POST', `${chatPath(botId, personId)}/block`);

export const letAnHourPass = botId => call('POST', `accounts/${encodeURIComponent(botId)}/let-an-hour-pass`);

export const chatStream = (botId, personId, handlers) => stream(`${chatPath(botId, personId)}/stream`, handlers);
export const timelineStream = (botId, handlers) => stream(`timeline/${encodeURIComponent(botId)}`, handlers);

const waits = [1, 2, 4, 8, 15]; // Seconds before attempt 2, 3, ...; then every 15 s for as long as the page is open.

/**
 * Listens to an event stream and comes back after every break.
 * The browser's own reconnecting gives up for good on an answer other than 200, as from a server that is just starting; this does not.
 * A tab that nobody sees lets go: browsers allow six connections to one server over all tabs, and streams would take them all.
 * @param {{on: Record<string, (data: object) => void>, state: (connected: boolean) => void}} handlers `on` by event name; `state` on every change.
 * @returns {{close: () => void, retry: () => void}}
 */
function stream(path, { on, state }) {
  let source, timer, failures = 0;

  const rest = () => {
    clearTimeout(timer);
    source?.close();
  };

  const open = () => {
    rest();
    source = new EventSource(`/phone/api/${path}`);
    source.onopen = () => {
      failures = 0;
      state(true);
    };
    source.onerror = () => {
      source.close();
      state(false);
      clearTimeout(timer);
      timer = setTimeout(open, waits[Math.min(failures++, waits.length - 1)] * 1000);
    };
    for (const [name, handle] of Object.entries(on)) source.addEventListener(name, event => handle(JSON.parse(event.data)));
  };

  const seenOrNot = () => { if (document.hidden) rest(); else open(); };
  window.addEventListener('online', open);
  document.addEventListener('visibilitychange', seenOrNot);
  open();
  return {
    retry: open,
    close() {
      window.removeEventListener('online', open);
      document.removeEventListener('visibilitychange', seenOrNot);
      rest();
    },
  };
}
