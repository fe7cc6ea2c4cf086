/** Owns: starting the page. */
import { createRoot } from 'react-dom/client'
import { StrictMode } from 'react'
import { config } from 'zod'
import { createRpcClient } from '#shared/rpc/client.ts'
import '../ui/styles/index.css'
import { createStores } from '../stores/index.ts'
import { App } from './App.tsx'
import { findPort } from './port.ts'
import { fetchRooms } from './rooms.tsx'
import { ServicesProvider } from './services.tsx'
import { followTheme } from './theme.ts'

// zod tries to compile its schemas with `new Function`, which the content policy refuses.
config({ jitless: true })

const client = createRpcClient(() => findPort(), {
  timers: {
    set: (call, ms) => window.setTimeout(call, ms),
    clear: (timer) => {
      if (typeof timer === 'number') window.clearTimeout(timer)
    },
  },
})
const services = { client, stores: createStores(window.localStorage) }

// Before the first paint, so that a dark page is never bright for a moment.
followTheme(services.stores.settings, document.documentElement)
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <ServicesProvider services={services}>
      <App />
    </ServicesProvider>
  </StrictMode>,
)
void fetchRooms()
