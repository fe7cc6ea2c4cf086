/** Owns: what stands here before anything was tested: what will appear, and what can be tested without leaving. */
import { useState } from 'react'
import { testLocalServer } from '#renderer/flows/probeActs.ts'
import { useConnection, useServices } from '#renderer/flows/services.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'

export function Empty() {
  const services = useServices()
  const ports = useConnection((connection) => connection.ports)
  const [problem, setProblem] = useState<string>()
  return (
    <EmptyState
      icon="compare"
      title="Which port should you use?"
      actions={
        ports.length > 0 && (
          <Button icon="server" onPress={() => void testLocalServer(services).then(setProblem)}>
            Test the local server on {ports.join(', ')}
          </Button>
        )
      }
    >
      <p>
        Name a mail server above. Relayscope tries 25, 465, 587 and 2525 from this computer, over IPv4 and
        IPv6, and draws every connection on one time axis: what is open, what others can read, what is sealed.
        Then it names one port, and says why.
      </p>
      <p>Takes a few seconds. Never sends a password, and contacts no host that you did not name.</p>
      {problem && <p role="alert">{problem}</p>}
    </EmptyState>
  )
}
