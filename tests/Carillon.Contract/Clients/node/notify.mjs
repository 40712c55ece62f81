// Identifies a subscriber, triggers a workflow and waits for the message: arguments are the server's address, an API key and the
// workflow. Prints what the subscriber has then, as JSON.
import { Novu } from '@novu/node';

const [backendUrl, apiKey, workflow] = process.argv.slice(2);
const novu = new Novu(apiKey, { backendUrl });

await novu.subscribers.identify('ann', { email: 'ann@example.com', firstName: 'Ann' });
const triggered = await novu.trigger(workflow, { to: { subscriberId: 'ann' }, payload: { order: 17 } });

let feed = [];
for (let tries = 0; tries < 300 && feed.length === 0; tries++) {
  feed = (await novu.subscribers.getNotificationsFeed('ann')).data.data;
  if (feed.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
}

const unseen = (await novu.subscribers.getUnseenCount('ann')).data.data.count;
await novu.subscribers.markMessageSeen('ann', feed[0]?._id);
const left = (await novu.subscribers.getUnseenCount('ann')).data.data.count;

console.log(JSON.stringify({ ...triggered.data.data, feed: feed.map((message) => message.content), unseen, left }));
