import { until } from '../application.mjs';
import { counted } from './counted.mjs';
import { switchAndSave } from './switch.mjs';

/** What somebody sees and does with the older component. */
export async function notificationCenter({ tab, picture, greet, offer, unread, messages }) {
  const bell = (count) => tab.locator('output', { hasText: count }).waitFor();
  await bell('0');
  await greet('Ann');
  await offer('shoes');
  await bell('2');
  await picture('bell');

  await tab.locator('#page button').click();
  await tab.getByText('Hello Ann').waitFor();
  await tab.getByText('Buy shoes').waitFor();
  await picture('list');
  const tabs = await counted(tab);

  await tab.getByRole('tab', { name: 'Offers' }).click();
  await tab.getByText('Hello Ann').waitFor({ state: 'hidden' });
  await tab.getByText('Buy shoes').waitFor();
  await tab.getByRole('tab', { name: 'Everything' }).click();

  // The list is asked for anew meanwhile, and what is clicked may be replaced before the button is up again.
  await tab.getByText('Hello Ann').waitFor();
  const isRead = async () => (await unread()).join() === 'Hello Ann';
  await until('one that is read', async () => {
    await tab.getByText('Buy shoes').click();
    return until('it to be read', isRead, 3).catch(() => false);
  });
  await tab.getByRole('button', { name: 'Accept', exact: true }).click();
  const accepted = await until('an action', async () => (await messages()).find((message) => message.status === 'done'));
  await greet('again');
  await tab.getByText('Hello again').waitFor();
  await tab.getByText('Mark all as read').click();
  await until('all read', async () => (await unread()).length === 0);
  await bell('0');
  await picture('read');

  await tab.locator('[data-test-id=user-preference-cog]').click();
  const row = tab.locator('[data-test-id=workflow-list-item]', { has: tab.getByText('Offer', { exact: true }) });
  await row.getByText('Offer', { exact: true }).click();
  await switchAndSave(tab, row.locator('.mantine-Switch-track'));
  await offer('hats');
  await greet('after all');
  const received = await until('what is still wanted', async () => {
    const all = (await messages()).map((message) => message.content);
    return all.includes('Hello after all') && all;
  });
  await picture('preferences');
  return { tabs, accepted: accepted.content, result: accepted.result.type, received };
}
