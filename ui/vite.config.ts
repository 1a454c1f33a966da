import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

/** The running venue that `npm run dev` passes API calls on to. */
const VENUE = "http://127.0.0.1:8000";

/** The venue refuses foreign origins: to it, the page comes from itself. */
const venue = { target: VENUE, ws: true, changeOrigin: true, headers: { origin: VENUE } };

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: "../src/longshore/venue/static",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: false, // one piece is loaded later, and it needs no other
    cssCodeSplit: false,
    license: { fileName: "licenses.md" },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": venue,
      "/w": venue,
    },
  },
});
