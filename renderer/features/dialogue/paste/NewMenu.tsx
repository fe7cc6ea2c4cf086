/** Owns: the ways a dialogue comes into the list, behind the plus beside the filter. */
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'

export function NewMenu() {
  const { stores } = useServices()
  return (
    <Menu
      label="New dialogue"
      trigger={<IconButton icon="plus" label="New dialogue" />}
      items={[
        {
          id: 'send',
          label: 'Send a test message',
          icon: 'send',
          onAction: () => goTo({ room: 'send', id: '' }),
        },
        {
          id: 'paste',
          label: 'Paste or open a dialogue',
          icon: 'import',
          onAction: () => stores.view.getState().set({ pasting: '' }),
        },
      ]}
    />
  )
}
