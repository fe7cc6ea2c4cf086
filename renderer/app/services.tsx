/** Owns: giving client and stores to every component below, and what follows the engine while the page is open. */
import { useEffect, type ReactNode } from 'react'
import type { ConnectedClient } from '#shared/rpc/client.ts'
import { followArrivals } from '../flows/arrivals.ts'
import { followChoices } from '../flows/choices.ts'
import { followConnection } from '../flows/connection.ts'
import { followInbox } from '../flows/inbox.ts'
import { followRoute } from '../flows/route.ts'
import { ServicesContext, type Services } from '../flows/services.ts'
import { followList } from '../flows/transcripts.ts'
import { roomIds } from './rooms.tsx'
import { followTheme } from './theme.ts'

export type AppServices = Services & { client: ConnectedClient }

export function ServicesProvider({ services, children }: { services: AppServices; children: ReactNode }) {
  useEffect(() => {
    const stops = [
      followTheme(services.stores.settings, document.documentElement),
      followRoute(services, roomIds),
      followConnection(services),
      followList(services),
      followInbox(services),
      followChoices(services),
      followArrivals(services),
    ]
    return () => stops.forEach((stop) => stop())
  }, [services])
  return <ServicesContext value={services}>{children}</ServicesContext>
}
