import { createRoot } from 'react-dom/client';
import { Inbox } from '@novu/react';

const { server, application, subscriber } = Object.fromEntries(new URLSearchParams(location.search));
const tabs = [{ label: 'Everything', value: [] }, { label: 'Offers', value: ['shop'] }];

createRoot(document.getElementById('page')).render(
  <Inbox backendUrl={server} socketUrl={server} applicationIdentifier={application} subscriberId={subscriber} tabs={tabs} routerPush={() => {}} />,
);
