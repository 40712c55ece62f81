import { createRoot } from 'react-dom/client';
import { MessageActionStatusEnum, NotificationBell, NovuProvider, PopoverNotificationCenter, useUpdateAction } from '@novu/notification-center';

const { server, application, subscriber } = Object.fromEntries(new URLSearchParams(location.search));
const stores = [{ storeId: 'everything' }, { storeId: 'offers', query: { feedIdentifier: 'offers' } }];
const tabs = [{ name: 'Everything', storeId: 'everything' }, { name: 'Offers', storeId: 'offers' }];

function Center() {
  const { updateAction } = useUpdateAction();
  const act = (_, actionButtonType, { _id }) => updateAction({ messageId: _id, actionButtonType, status: MessageActionStatusEnum.DONE });

  return (
    <PopoverNotificationCenter colorScheme="light" tabs={tabs} onActionClick={act}>
      {({ unseenCount }) => <div><NotificationBell unseenCount={unseenCount} /> <output>{unseenCount}</output></div>}
    </PopoverNotificationCenter>
  );
}

createRoot(document.getElementById('page')).render(
  <NovuProvider backendUrl={server} socketUrl={server} applicationIdentifier={application} subscriberId={subscriber} stores={stores}>
    <Center />
  </NovuProvider>,
);
