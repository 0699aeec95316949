// Grade answers as the MDN HTTP Observatory does, from what a server said: no request.
// In: JSON, a list of {status, headers: [[name, value], …], body}. Out: a list of
// {grade, score, failed: [test, …]}. What belongs to the connection, https and the way
// there, is taken as it stands behind a proxy that sends http to https.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import path from "node:path";

const home = path.join(process.argv[2], "@mdn", "mdn-http-observatory", "src");
const from = (name) => import(pathToFileURL(path.join(home, name)).href);
const { ALL_TESTS } = await from("constants.js");
const { Requests } = await from("types.js");
const { Session } = await from("retriever/session.js");
const { parseHttpEquivHeaders } = await from("retriever/utils.js");
const { getGradeForScore, getScoreModifier } = await from("grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await from("grader/charts.js");
const { AxiosHeaders } = createRequire(path.join(home, "index.js"))("axios");

const HERE = "https://journal.test/";
const route = (...urls) => urls.map((url) => ({ url: new URL(url), status: 200 }));

function asked({ status, headers, body }) {
  const found = new Requests("journal.test");
  const said = new AxiosHeaders();
  for (const [name, value] of headers) {
    const before = said.get(name);
    said.set(name, before ? [].concat(before, value) : value);
  }
  const answer = { headers: said, status, statusText: "", verified: true, data: body };
  answer.request = { headers: new AxiosHeaders() };
  answer.config = { headers: new AxiosHeaders() };
  answer.httpEquiv = parseHttpEquivHeaders(body, HERE);
  found.resources.path = body;
  for (const name of ["auto", "cors", "http", "https"]) found.responses[name] = answer;
  found.responses.httpRedirects = route("http://journal.test/", HERE);
  found.responses.httpsRedirects = route(HERE);
  found.session = new Session(new URL(HERE));
  for (const each of [].concat(said.get("set-cookie") ?? []))
    found.session.jar.setCookieSync(each, HERE);
  return found;
}

function graded(answer) {
  const found = asked(answer);
  const results = ALL_TESTS.map((test) => test(found));
  const points = results.map((each) => getScoreModifier(each.result) ?? 0);
  const lost = 100 + points.filter((each) => each < 0).reduce((a, b) => a + b, 0);
  const all = 100 + points.reduce((a, b) => a + b, 0);
  const score = lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : lost;
  const failed = results.filter((each) => !each.pass).map((each) => each.result);
  return { ...getGradeForScore(score), failed };
}

const answers = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(answers.map(graded)));
