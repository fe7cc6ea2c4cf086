/** Owns: what stands in the room while nothing relays yet: what will appear, and the two things that make it appear. */
import { useServices } from '#renderer/flows/services.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'

export function EmptyRelay() {
  const { stores } = useServices()
  return (
    <EmptyState
      icon="relay"
      title="Nothing relays here yet"
      actions={
        <>
          <Button
            tone="primary"
            size="l"
            icon="import"
            onPress={() => stores.relay.getState().set({ asks: { what: 'text' } })}
          >
            Paste configuration
          </Button>
          <Button
            size="l"
            icon="plus"
            onPress={() => stores.server.getState().set({ form: { form: 'new', relay: true } })}
          >
            Add a listener
          </Button>
        </>
      }
    >
      <p>
        With rules and a listener this shows who may relay and why, rule by rule, and every message until it
        is delivered or returned. Nothing leaves this computer but to hosts you allow.
      </p>
    </EmptyState>
  )
}
