"""Waits for a Jenkins and starts a job that has no run yet: first-run.py JENKINS-URL JOB-PATH"""
import http.cookiejar
import json
import sys
import time
import urllib.error
import urllib.request

jenkins, job = sys.argv[1:]
browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), urllib.request.ProxyHandler({}))


def read(path):
    with browser.open(jenkins + path, timeout=30) as answer:
        return json.load(answer)


for attempt in range(600):
    try:
        state = read(job + 'api/json?tree=lastBuild[number]')
        break
    except (OSError, ValueError):  # not up yet
        time.sleep(1)
else:
    sys.exit(f'{jenkins}{job} did not answer; start its first run by hand')
if state.get('lastBuild') is None:
    headers = {}
    try:
        crumb = read('crumbIssuer/api/json')
        headers = {crumb['crumbRequestField']: crumb['crumb']}
    except urllib.error.HTTPError:
        pass  # crumbs are off
    browser.open(urllib.request.Request(jenkins + job + 'buildWithParameters?delay=0sec', data=b'', headers=headers), timeout=30).close()
    print(f'The first run of the example is under way: {jenkins}{job}')
