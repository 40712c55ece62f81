import { NovuUI } from '@novu/js/ui';

const subscriberId = 'newcomer';
const at = (id) => document.getElementById(id);
const say = (text) => (at('said').textContent = text);
let key;

async function call(method, path, body) {
  const answer = await fetch(`/v1${path}`, {
    method,
    headers: { Authorization: `ApiKey ${key}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.message);
  return content.data;
}

async function workflow() {
  const name = 'Inbox demo';
  const known = (await call('GET', `/workflows?query=${encodeURIComponent(name)}`)).find((one) => one.name === name);
  if (known) return known.triggers[0].identifier;

  const [group] = await call('GET', '/notification-groups');
  const buttons = [{ type: 'primary', content: 'Well done' }, { type: 'secondary', content: 'Later' }];
  const template = { type: 'in_app', content: '{{text}}', cta: { type: 'redirect', data: { url: '' }, action: { buttons } } };
  const made = await call('POST', '/workflows', { name, notificationGroupId: group._id, active: true, steps: [{ active: true, template }] });
  return made.triggers[0].identifier;
}

function whenSubmitted(form, act) {
  at(form).addEventListener('submit', (event) => {
    event.preventDefault();
    act().catch((error) => say(error.message));
  });
}

whenSubmitted('connect', async () => {
  key = at('key').value.trim();
  const { identifier } = await call('GET', '/environments/me');
  const ui = new NovuUI({
    options: { applicationIdentifier: identifier, subscriberId, backendUrl: location.origin, socketUrl: location.origin },
  });
  ui.mountComponent({ name: 'Inbox', element: at('inbox'), props: {} });
  at('connect').hidden = true;
  at('send').hidden = false;
  say('');
});

whenSubmitted('send', async () => {
  await call('POST', '/events/trigger', { name: await workflow(), to: { subscriberId }, payload: { text: at('text').value } });
  say('Sent. Look at the bell.');
});
