import { until } from '../application.mjs';

/** What the tabs say once both messages have been counted in each of them. */
export const counted = (tab) => until('tabs that count', async () => {
  const tabs = await tab.getByRole('tab').allInnerTexts();
  return tabs.some((text) => text.includes('2')) && tabs.every((text) => /\d/.test(text)) && tabs;
});
