// Listens to somebody's inbox as the official socket client does: arguments are the server's address, an API key, a workflow, the
// subscriber, the token, what to try, and the node that everything else is asked of, where that is another. Prints what was heard, as JSON.
import { io } from 'socket.io-client';

const [server, apiKey, workflow, subscriberId, token, what, other = server] = process.argv.slice(2);
const events = ['notification_received', 'unseen_count_changed', 'unread_count_changed'];

const shorten = (name, content) =>
  name === 'notification_received' ? `received ${content.message.content}` : `${name.split('_')[0]} ${Object.values(content)[0]}`;

function listen(options) {
  const heard = [];
  const socket = io(server, { auth: { token }, reconnectionDelay: 50, forceNew: true, ...options });
  const waiting = [];
  const note = (entry) => {
    heard.push(entry);
    waiting.splice(0).forEach((look) => look());
  };
  socket.on('connect', () => note('connect'));
  socket.on('disconnect', (reason) => note(`disconnect ${reason}`));
  for (const name of events) socket.on(name, (content) => note(shorten(name, content)));

  const until = (entry, times = 1) => new Promise((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`No ${times} × "${entry}" in ${JSON.stringify(heard)}`)), 20000);
    const look = () => {
      if (heard.filter((one) => one === entry).length < times) return waiting.push(look);
      clearTimeout(timeout);
      resolve();
    };
    look();
  });
  return { socket, heard, until };
}

async function post(path, authorization, body) {
  const answer = await fetch(`${other}${path}`, {
    method: 'POST',
    headers: { Authorization: authorization, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
}

const trigger = (name) => post('/v1/events/trigger', `ApiKey ${apiKey}`, { name: workflow, to: subscriberId, payload: { name } });

async function hearOne(options, after = async () => {}) {
  const listener = listen(options);
  await listener.until('connect');
  await after(listener);
  await trigger('one');
  await listener.until('unread 1');
  const transport = listener.socket.io.engine.transport.name;
  listener.socket.disconnect();
  return { heard: listener.heard, transport };
}

async function openTen(transport) {
  const tabs = Array.from({ length: 10 }, (_, i) => listen({ transports: [transport(i)] }));
  await Promise.all(tabs.map((tab) => tab.until('connect')));
  await trigger('one');
  await Promise.all(tabs.map((tab) => tab.until('unread 1')));
  tabs.forEach((tab) => tab.socket.disconnect());
  return { heard: tabs.map((tab) => tab.heard.join(', ')) };
}

const attempts = {
  websocket: () => hearOne({ transports: ['websocket'] }),
  polling: () => hearOne({ transports: ['polling'] }),
  query: () => hearOne({ auth: {}, query: { token }, transports: ['websocket'] }),
  upgrade: () => hearOne({}, async ({ socket }) => {
    if (socket.io.engine.transport.name !== 'websocket') await new Promise((resolve) => socket.io.engine.once('upgrade', resolve));
  }),
  reconnect: () => hearOne({ transports: ['websocket'] }, async ({ socket, until }) => {
    socket.io.engine.close();
    await until('connect', 2);
  }),
  // What is marked at the other node is known there only.
  elsewhere: async () => {
    const listener = listen({ transports: ['websocket'] });
    await listener.until('connect');
    await trigger('one');
    await listener.until('unread 1');
    const already = listener.heard.filter((entry) => entry === 'unread 0').length;
    await post('/v1/widgets/messages/read', `Bearer ${token}`, {});
    await listener.until('unread 0', already + 1);
    listener.socket.disconnect();
    return { heard: listener.heard };
  },
  refused: async () => {
    const listener = listen({ transports: ['websocket'] });
    await listener.until('disconnect io server disconnect');
    listener.socket.disconnect();
    return { heard: listener.heard };
  },
  tabs: () => openTen((i) => (i % 2 ? 'websocket' : 'polling')),
  windows: () => openTen(() => 'websocket'),
};

console.log(JSON.stringify(await attempts[what]()));
process.exit(0);
