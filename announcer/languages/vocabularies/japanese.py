"""What people write in Japanese."""

from __future__ import annotations

from announcer.languages.vocabulary import Vocabulary, headings

JAPANESE = Vocabulary(
    weekdays="月 火 水 木 金 土 日",
    other_days=("明日", "明後日", "来週"),
    subjects=(
        "題目",
        "タイトル",
        "講師",
        "講演者",
        "会場",
        "場所",
    ),
    to_come=("未定",),
    cancelled=("中止",),
    postponed=("延期",),
    headings=headings("""
title: 題目, タイトル, 講演題目
speaker: 講師, 講演者
speaker.affiliation: 所属
speaker.email: メールアドレス, メール
speaker.bio: 略歴
abstract: 要旨, 概要
date: 日付, 日時, 開催日
time: 時間, 時刻
location: 場所, 会場
host: 世話人
online.url: オンラインリンク
online.meeting_id: ミーティングid
online.passcode: パスコード
series: シリーズ
refreshments: 茶菓
recording: 録画
contact: 問い合わせ, 連絡先
language: 言語
"""),
    sole="要旨 概要 略歴 題目",
    closings=("よろしくお願いいたします", "敬具"),
    has_blanks=False,
)
