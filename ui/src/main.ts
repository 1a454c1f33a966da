import { mount } from "svelte";
import App from "./App.svelte";
import "./tokens.css";
import "./base.css";
import { show } from "./theme.svelte";

const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app");
show();
mount(App, { target });
