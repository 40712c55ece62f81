import { until } from '../application.mjs';
import { counted } from './counted.mjs';
import { switchAndSave } from './switch.mjs';

// A notice may still be there of what is in the list by now; whoever wants to see all clicks until there is no news.
const showNewest = (tab, text) => until(text, async () => {
  await tab.getByText('new notification').click({ timeout: 1000 }).catch(() => {});
  return tab.getByText(text).isVisible();
});

/** What somebody sees and does with the newer component. */
export async function inbox({ tab, picture, greet, offer, unread, messages }) {
  await tab.locator('.nv-bellIcon').waitFor();
  await tab.locator('.nv-bellDot').waitFor({ state: 'detached' });
  await greet('Ann');
  await offer('shoes');
  await tab.locator('.nv-bellDot').waitFor();
  await picture('bell');

  // What is told while the component asks for its list for the first time, it counts but does not show.
  await until('both messages', async () => (await messages()).length === 2);

  await tab.locator('.nv-popoverTrigger').click();
  await showNewest(tab, 'Hello Ann');
  await showNewest(tab, 'Buy shoes');
  await picture('list');
  const tabs = await counted(tab);
  await tab.getByRole('tab', { name: 'Offers' }).click();
  await tab.getByText('Hello Ann').waitFor({ state: 'hidden' });
  await tab.getByText('Buy shoes').waitFor();
  await tab.getByRole('tab', { name: 'Everything' }).click();

  await tab.getByText('Buy shoes').click();
  await until('one that is read', async () => (await unread()).join() === 'Hello Ann');
  await tab.getByRole('button', { name: 'Accept' }).click();
  const accepted = await until('an action', async () => (await messages()).find((message) => message.status === 'done'));
  await greet('again');
  await showNewest(tab, 'Hello again');
  await tab.locator('.nv-moreActions__dropdownTrigger').click();
  await tab.getByText('Mark all as read').click();
  await until('all read', async () => (await unread()).length === 0);
  await tab.locator('.nv-bellDot').waitFor({ state: 'hidden' });
  await picture('read');

  await tab.locator('.nv-preferences__button').click();
  const row = tab.locator('.nv-workflowContainer', { has: tab.getByText('Offer', { exact: true }) });
  await row.locator('.nv-workflowLabel').click();
  await switchAndSave(tab, row.locator('.nv-channelSwitch'));
  await offer('hats');
  await greet('after all');
  const received = await until('what is still wanted', async () => {
    const all = (await messages()).map((message) => message.content);
    return all.includes('Hello after all') && all;
  });
  await picture('preferences');
  return { tabs, accepted: accepted.content, result: accepted.result.type, received };
}
