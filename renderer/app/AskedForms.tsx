/** Owns: forms of one room that another room asks for. Rooms do not import each other; the forms lie over all of them. */
import { lazy, Suspense } from 'react'
import { useField } from '../flows/services.ts'

const ListenerForms = lazy(() => import('../features/server/ListenerForms.tsx'))

export function AskedForms() {
  const asked = useField(
    (stores) => stores.server,
    (server) => server.form !== null,
  )
  if (!asked) return null
  return (
    <Suspense fallback={null}>
      <ListenerForms />
    </Suspense>
  )
}
