/** Owns: what became of a release: running, taken or not, with the way to its dialogue. */
import { useEffect, useState } from 'react'
import { releaseResult } from '#renderer/flows/inboxRelease.ts'
import { useServices } from '#renderer/flows/services.ts'
import { routeHash } from '#renderer/model/routes.ts'
import { Banner } from '#renderer/ui/Banner.tsx'

export function Released({ session }: { session: string }) {
  const services = useServices()
  const [result, setResult] = useState<{ accepted: boolean; words: string }>()
  useEffect(() => {
    let gone = false
    void releaseResult(services, session).then((found) => !gone && setResult(found))
    return () => {
      gone = true
    }
  }, [services, session])
  return (
    <Banner tone={result === undefined ? 'info' : result.accepted ? 'good' : 'bad'} live="status">
      {result === undefined ? 'Releasing …' : `Release: ${result.words}`}{' '}
      <a href={routeHash({ room: 'dialogue', id: session })}>Open its dialogue</a>
    </Banner>
  )
}
