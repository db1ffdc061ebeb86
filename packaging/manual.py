#!/usr/bin/env python3
"""Writes what the program's own --help says as manual pages and as completion for bash.

    manual.py man PROGRAM en|fa        shahrsaz(1)
    manual.py serve PROGRAM en|fa      shahrsaz-serve(8)
    manual.py completion PROGRAM       for bash
"""
import os
import re
import subprocess
import sys

HEADS = {
    "en": {
        "name": "which regulations apply to a place, with the clause that says so",
        "about": "shahrsaz answers which regulations apply to a place of a city on a day. A city is one file, a GeoPackage. Surveyors' "
        "files and planners' tables come in as deliveries, are checked, and are accepted by a named person; a question by coordinate, "
        "parcel or address comes out as the rules that hold there, each with its clause, plan and dates.",
        "commands": "COMMANDS", "exit": "EXIT STATUS", "files": "FILES", "environment": "ENVIRONMENT",
        "exits": ["done", "done and found wanting: faults, a code that nobody has, a signature that does not hold",
                  "bad usage or input", "the machine failed"],
        "paths": [("CITY.gpkg", "the city"), ("CITY.gpkg.atlas/", "its revisions made ready for questions; may be deleted at any time"),
                  ("CITY.gpkg.head", "the log's end, by which an old copy of the city is known"),
                  ("CITY.gpkg.key", "the secret key, if it has one"),
                  ("/usr/share/doc/shahrsaz/examples", "the sample town, and a site for nginx")],
        "variables": [("SHAHRSAZ_CITY", "the city file where --city is not given"), ("SHAHRSAZ_KEY", "the secret key's file"),
                      ("LANG", "fa or en, where --lang is not given")],
        "serve": "answers over HTTP and serves the city's layers",
        "aboutServe": "The service is started by \\fBshahrsaz serve\\fR, which becomes it. It answers on one address or socket until it "
        "gets SIGTERM or SIGINT: then it takes nothing new, lets what is under way come to its end for ten seconds, and ends with 0. "
        "A new revision of the city is taken up within a second; each answer is one revision's. TLS is a proxy's business: "
        "/usr/share/doc/shahrsaz/examples/nginx.conf is a site for one. Neither paths nor addresses are logged.",
        "unit": "shahrsaz.service runs it as the user shahrsaz on /var/lib/shahrsaz/city.gpkg and the socket /run/shahrsaz/http.sock; "
        "further options stand in SHAHRSAZ_OPTIONS in /etc/default/shahrsaz.",
        "options": "OPTIONS", "service": "THE UNIT",
    },
    "fa": {
        "name": "کدام ضابطه در این‌جا حاکم است، با بندی که می‌گوید",
        "about": "شهرساز می‌گوید در یک جای شهر، در یک روز، کدام ضابطه حاکم است. شهر یک پرونده است: یک GeoPackage. پرونده‌های "
        "نقشه‌برداران و جدول‌های برنامه‌ریزان به شکل تحویل می‌آیند، سنجیده می‌شوند و کسی به نام خود آن‌ها را می‌پذیرد.",
        "commands": "فرمان‌ها", "exit": "کد خروج", "files": "پرونده‌ها", "environment": "محیط",
        "exits": ["انجام شد", "انجام شد و کاستی دارد", "کاربرد یا ورودی نادرست", "خطای دستگاه"],
        "paths": [("CITY.gpkg", "شهر"), ("CITY.gpkg.atlas/", "نسخه‌های آماده برای پرسش؛ هر زمان می‌توان پاکش کرد"),
                  ("CITY.gpkg.head", "پایان دفتر، که نسخهٔ کهنهٔ شهر را آشکار می‌کند"), ("CITY.gpkg.key", "کلید پنهان"),
                  ("/usr/share/doc/shahrsaz/examples", "شهر نمونه، و نمونهٔ nginx")],
        "variables": [("SHAHRSAZ_CITY", "پروندهٔ شهر، اگر --city نیاید"), ("SHAHRSAZ_KEY", "پروندهٔ کلید پنهان"),
                      ("LANG", "fa یا en، اگر --lang نیاید")],
        "serve": "پاسخ و لایه‌های شهر از راه HTTP",
        "aboutServe": "این برنامه را \\fBshahrsaz serve\\fR آغاز می‌کند. تا SIGTERM یا SIGINT پاسخ می‌دهد؛ آن‌گاه چیز تازه‌ای نمی‌پذیرد، "
        "ده ثانیه به آنچه در راه است فرصت می‌دهد و با ۰ پایان می‌یابد. نسخهٔ تازهٔ شهر در یک ثانیه به کار می‌آید. TLS کار پروکسی است.",
        "unit": "shahrsaz.service آن را به نام کاربر shahrsaz بر /var/lib/shahrsaz/city.gpkg و سوکت /run/shahrsaz/http.sock اجرا می‌کند؛ "
        "گزینه‌های دیگر در SHAHRSAZ_OPTIONS در /etc/default/shahrsaz نوشته می‌شوند.",
        "options": "گزینه‌ها", "service": "سرویس",
    },
}


def said(program, *words):
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    ended = subprocess.run([program, *words], capture_output=True, text=True, check=True, env=environment)
    return ended.stdout.split("\n")


def pairs(lines):
    """Lines of two columns, with two blanks before the first and at least two between them."""
    for line in lines:
        found = re.fullmatch(r"  (\S.*?) {2,}(\S.*)", line)
        if found:
            yield found[1], found[2]


def commands(program, language):
    for form, meaning in pairs(said(program, "--help", "--lang", language)):
        options = list(pairs(said(program, form.split()[0], "--help", "--lang", language)))
        yield form, meaning, options


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text)


def tagged(items):
    return [line for name, meaning in items for line in (".TP", "\\fB" + roff(name) + "\\fR", roff(meaning))]


def version(program):
    return said(program, "--version")[0].split()[1]


def page(program, language):
    head = HEADS[language]
    lines = [f'.TH SHAHRSAZ 1 "" "shahrsaz {version(program)}"', ".SH NAME", "shahrsaz \\- " + roff(head["name"]), ".SH SYNOPSIS",
             "\\fBshahrsaz\\fR [\\fB\\-\\-city\\fR FILE] COMMAND \\fR...", ".SH DESCRIPTION", roff(head["about"]),
             ".SH " + head["commands"]]
    for form, meaning, options in commands(program, language):
        lines += [".SS " + roff(form), roff(meaning)] + tagged(options)
    lines += [".SH " + head["exit"]] + tagged((str(code), text) for code, text in enumerate(head["exits"]))
    lines += [".SH " + head["files"]] + tagged(head["paths"]) + [".SH " + head["environment"]] + tagged(head["variables"])
    return lines + [".SH SEE ALSO", ".BR shahrsaz\\-serve (8)"]


def serve_page(program, language):
    head = HEADS[language]
    options = list(pairs(said(program, "serve", "--help", "--lang", language)))
    return [f'.TH SHAHRSAZ\\-SERVE 8 "" "shahrsaz {version(program)}"', ".SH NAME", "shahrsaz\\-serve \\- " + roff(head["serve"]),
            ".SH SYNOPSIS", "\\fBshahrsaz serve\\fR ...", ".SH DESCRIPTION", head["aboutServe"], ".SH " + head["options"],
            *tagged(options), ".SH " + head["service"], roff(head["unit"]), ".SH SEE ALSO", ".BR shahrsaz (1)"]


def completion(program):
    cases, values, names = [], {}, []
    for form, _, options in commands(program, "en"):
        name = form.split()[0]
        names.append(name)
        flags = []
        for option, _ in options:
            words = option.split()
            flags.append(words[0])
            # What may stand for a value is named where it is written in small letters.
            if len(words) > 1 and re.fullmatch(r"[a-z]+(\|[a-z]+)+", words[1]):
                values[words[0]] = words[1].replace("|", " ")
        cases.append(f"        {name}) words='{' '.join(flags)}' ;;")
    chosen = [f"        {flag}) COMPREPLY=($(compgen -W '{words}' -- \"$word\")); return ;;" for flag, words in sorted(values.items())]
    return ["# Completion for shahrsaz, from its own help.", "_shahrsaz() {", "    local word=$2 before=$3 command= words place",
            "    case $before in", *chosen, "    esac", "    for ((place = 1; place < COMP_CWORD; place++)); do",
            "        case ${COMP_WORDS[place]} in", "            --city | --lang) ((place++)) ;;", "            -*) ;;",
            "            *) command=${COMP_WORDS[place]}; break ;;", "        esac", "    done", "    case $command in",
            f"        '') words='{' '.join(names)} --city --lang --help --version' ;;", *cases, "        *) return ;;", "    esac",
            "    if [[ -z $command || $word == -* ]]; then", '        COMPREPLY=($(compgen -W "$words" -- "$word"))', "    fi", "}",
            "complete -o default -F _shahrsaz shahrsaz"]


def main():
    what, program, *language = sys.argv[1:]
    lines = {"man": page, "serve": serve_page, "completion": completion}[what](program, *language)
    sys.stdout.write("\n".join(lines) + "\n")


main()
