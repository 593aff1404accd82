"""What people write in simplified Chinese."""

from __future__ import annotations

from announcer.languages.vocabulary import Vocabulary, headings

CHINESE = Vocabulary(
    weekdays="一 二 三 四 五 六 日 天",
    other_days=("明天", "后天", "下周", "下星期"),
    subjects=(
        "题目",
        "报告人",
        "地点",
    ),
    to_come=("待定", "未定"),
    cancelled=("取消",),
    postponed=("延期", "推迟"),
    headings=headings("""
title: 题目, 报告题目, 标题, 讲座题目
speaker: 发言人, 报告人, 主讲人, 演讲人
speaker.affiliation: 单位, 报告人单位
speaker.email: 邮箱, 电子邮件
speaker.bio: 简历, 个人简介, 报告人简介
abstract: 摘要, 内容摘要, 报告摘要
date: 日期
time: 时间, 报告时间
location: 地点, 报告地点
host: 邀请人, 主持人
online.url: 会议链接
online.meeting_id: 会议号
online.passcode: 会议密码, 密码
series: 系列
refreshments: 茶歇
recording: 录像
contact: 联系人
language: 语言
"""),
    sole="摘要 简历 题目",
    closings=("此致",),
    has_blanks=False,
)
