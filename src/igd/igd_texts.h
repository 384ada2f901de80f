// SPDX-License-Identifier: LGPL-3.0-only
// Made by scripts/texts of igd_texts.txt, where the texts can be read and changed.
// Copyright (C) 2026 The seabios-igd authors
#ifndef IGD_TEXTS_H
#define IGD_TEXTS_H

// Each text and word has its length before it. The character IGD_WORDS_FIRST and those above it
// stand for igd_words, which start at igd_words_at for every IGD_WORDS_STEP of them.
#define IGD_WORDS_FIRST '{'
#define IGD_WORDS_STEP 8
static const char igd_words[] IGD_UNALIGNED =
    "\004\367llx"
    "\003\321d\345"
    "\007\174w\310n\273g\345"
    "\004\271\216\214\213"
    "\003\234  "
    "\005\254o\250n\332"
    "\005\174\242\252r\345"
    "\002\367x"
    "\003\173\236\356"
    "\010 \233fused:"
    "\003 L\351"
    "\011\231\254o\250n-b\247e"
    "\007\224so \223\235\230"
    "\013\363 give\226a\255h\242"
    "\011opti\227 ROM"
    "\013 \231bdsm-size"
    "\007OpRegi\227"
    "\003\320'\226"
    "\007\230h\310m\250ss"
    "\004 th\334"
    "\006 x-\321d-"
    "\004\174\255e\345"
    "\014GMS\260\360MiB\237 \200\224"
    "\006\276al\227e;"
    "\002no"
    "\002, "
    "\020 \247s\321n\372\334\346\343vfio-\322i"
    "\002s "
    "\002on"
    "\002; "
    "\007etc/\321d-"
    "\003fi\250"
    "\002re"
    "\003   "
    "\002 \350"
    "\003\337y\311"
    "\003 of"
    "\004BDSM"
    "\002 i"
    "\002er"
    "\004\217\335=\227"
    "\004QEMU"
    "\007 W\273dows"
    "\007\316dr=2.0"
    "\002as"
    "\002le"
    "\007rais\334-m"
    "\002ro"
    "\007 In\311l \317"
    "\002st"
    "\002\223t"
    "\002 \352"
    "\003 f\303"
    "\004\342ays"
    "\004need"
    "\012 \233\316s\173\224w\252\311\202"
    "\002it"
    "\003 to"
    "\004 \232\341\203"
    "\006H\247well"
    "\003low"
    "\005\357k\223wn"
    "\006\230check"
    "\002de"
    "\002in"
    "\002\223 "
    "\004\337df\173"
    "\005 \250ft "
    "\00510.0+"
    "\003VBT"
    "\003and"
    "\005c\250a\233d"
    "\002or"
    "\004\355dge"
    "\011\250gacy VGA"
    "\007\342um\173\224\255\202"
    "\006-\354ch\273\334"
    "\002ar"
    "\002te"
    "\010\202\207\267\242\217gms"
    "\010\217gm\226set\226"
    "\010\230x-vga=\227"
    "\010\230\206 cu\233\226\263"
    "\002ad"
    "\007display"
    "\003ho\254"
    "\002ig"
    "\002pc"
    "\007\175\214\200\256\173\241\226"
    "\003\201\211\204"
    "\003\201\213\204"
    "\007\201\274\252om\257 "
    "\007\243 doe\226\263"
    "\007\256\173\237\202\236s\210"
    "\006 4 GiB"
    "\006 mem\303y"
    "\006 p\252vi\272"
    "\002e "
    "\006op\233gi\227"
    "\005p\355m\310y"
    "\002 b"
    "\005 cl\247\226"
    "\003 h\247"
    "\002 s"
    "\005 w\263h "
    "\00200"
    "\002: "
    "\003IGD"
    "\005Me\311\303\205"
    "\005VBIOS"
    "\003ake"
    "\002at"
    "\005he\316\242\260"
    "\002ma"
    "\002ri"
    "\002s\224"
    "\002un"
    "\002\173 "
    "\003\201\200\204"
    "\005\203\252om\202"
    "\005\230\252m\232="
    "\005\237\203f\233e"
    "\002\241n"
    "\002\242\205"
    "\004 0x%"
    "\004 358"
    "\004 up\264"
    "\002 \227"
    "\004ASLS"
    "\004BAR\226"
    "\004BGSM"
    "\004DBUF"
    "\004L\273ux";
static const uint16_t igd_words_at[] IGD_UNALIGNED = {
    0,
    41,
    110,
    167,
    211,
    240,
    283,
    325,
    364,
    401,
    449,
    497,
    551,
    590,
    625,
    656,
    692,
};
static const char igd_messages[] IGD_UNALIGNED =
    "\006\325\265\261s\202\176"
    "\010\325\265lim\263\202\176"
    "\016\325 \274s\321n\352u\233\365\173\236s\176"
    "\010\325 \353\203\232\341\202\176"
    "\006\326\213\364\202\230\251"
    "\005\201\373\262;\327"
    "\021\361\342ize\265\255\202\207\250ave\212\264 \244"
    "\007\361\203lim\263\312"
    "\015\361 \346\256\275\224\255\202\207us\334\246"
    "\034\326\200\364\312\224\303 \251\371\3703M (\322)\2242815"
    "M (q35)"
    "\014\201\221\240 0\207\244 \277\333s\212"
    "\023\201\240\262\207\261\226\244 \277\264 emula\311\241t"
    "\010\324 \27455AA\330"
    "\010\324 \274PCIR\330"
    "\010\324\241\354ge\237\362\210"
    "\015\324\203\274x86\241\354ge\257\202\210"
    "/\201\305 \272\316:\360(1 \272co\272\2242\337\304\2244 "
    "GGC\2248 \233gi\254\242\35610\332)\314\224\301\216\346 "
    "\336\372\216\320"
    "\016\201\231* \232\356but \223\253;\225"
    "\013\175sec\227d\253\256\275\222\225"
    "#\175\270 \272vice\241d\173\224took\216newe"
    "\254 \240\230p\250\247\334\233p\303t\241t"
    "\034\175RVDA\360\255\365\216\232's\202\236\356\302\230\320 \261\226"
    "\377 5.16+"
    "\007\175\274\300\365\216\213\176"
    "\005\175\300\260\362\176"
    "\004\175\300\306\215"
    "\012\175\300 d\352a\203\353\202\215"
    "\036\175\374\352\360*\331\224out\237\216\350'\226\233ach\230\267"
    "\242\216\214ap\242tu\233"
    "\012\175\211\306\224men\272d\215"
    "\015\175\200\237\173\236\226\252\357\272d\371\202\215"
    "(\323\255\365\216RAM\337e\267\202\230\251\224\303 \322,\354x-"
    "ram-be\267-4g=4G -m\3704M"
    "\017\323\274MiB f\252m\202\264\331\271 \206"
    "\016\175\206\341\203\255\202\224\321\223\233d\271 \206"
    "\012\175\221\244\202;\313both"
    "'\175sw\263ch\257\360(0x0:\241gd-\336)\241g"
    "\223\233d\230hexa\272ci\354l\224mo\254\202"
    "\016\175\214\240\173\256\202\237\216ROM \302\215"
    "\024\220\375\173\241s\216\320'\356black\337\301\226\273\245\315"
    "\032\220\376\173\276\227:\202\224\254\355pe\226\273\245\230\317\342\250ep"
    " \301 w\351"
    "\010\220\274\231\335\224\373\222\327"
    "\027\220\223\212\224\240\222 \244\333\226\263\372 \322\224\277\372 q35"
    "\264o"
    "\015\174\255e:\212\241\2260\224\240\222\313\263"
    "\027\220\214\200 \270\224STOLEN_RESERVED"
    "\173\315"
    "\005\220\221\244\202\215"
    ">\220\274\211\345d\310k \357til\216gue\254'\226d\355"
    "v\242 \254\310ts\230\307graphics=off "
    "-s\242ial \254dio\342how\226\311xt"
    "\023\220\211 \255 r\357:\275\230\261\226\246 \301\34003\344";
static const char igd_table_parts[] IGD_UNALIGNED =
    "\017\174c\227d\263i\227\177\177 \254a\311\177\257"
    "\007\1741 \213\343\300 "
    "\013\1742 \214LPC\241d\226\234"
    "\017\1743 \316d\233s\226\344:02.0\234"
    "\011\1744\340VGA\177\234 "
    "\006\1745 \305\177\234"
    "\006\1746\235\177\177\234"
    "\004ok\177\234"
    "\007miss\273g\234"
    "\005\255 \261ed"
    "\007\255 t\355ed "
    "\002 \377"
    "\001\245"
    "\001\235"
    "\002;\243"
    "\011;\217l\322=\227\224\307\322"
    "\002\230\246"
    "\025\230x-\322i-cl\247s-co\272=0x03\344\344"
    "\001\314"
    "\005\363FILE"
    "\002\174+"
    "\011 \374kept \267,"
    "\012\235\237 a\255h\242\241d,"
    "\010 \214\240\365\235 \302,"
    "\004 \214\375,"
    "\005 \376\276\227,";
static const char igd_family_names[] IGD_UNALIGNED =
    "\005B\252xt\227"
    "\006S\301y B\304"
    "\006Ivy B\304"
    "\001\266"
    "\001\266"
    "\001\266"
    "\011Bay Trail"
    "\007B\252\316well"
    "\011Ch\242ryview"
    "\005Skyl\351"
    "\006Gem\273i\205"
    "\005Kaby\205"
    "\004Amb\366"
    "\007Coffee\205"
    "\006Comet\205"
    "\006Can\223n\205"
    "\004Ice\205"
    "\007Elkh\310t\205"
    "\004J\247p\366"
    "\003T\321\366"
    "\007Rocket\205"
    "\004Ald\366"
    "\006Rapt\303\205"
    "\001\347"
    "\001\347"
    "\004L\357\310\205"
    "\006Panth\366"
    "\007Wildc\352\205"
    "\005Nova\205"
    "\001\270";
_Static_assert(IGD_ERR_OPREGION_BYTES == 1, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_LIMIT == 2, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_SIGNATURE == 3, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_HEADER == 4, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_ROOM == 5, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ASLS == 6, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_FILE == 7, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_LIMIT == 8, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_ADDRESS == 9, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_ROOM == 10, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_UNSET == 11, "in the order of enum igd_code");
_Static_assert(IGD_ERR_BDSM == 12, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_SIGNATURE == 13, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_PCIR == 14, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_BYTES == 15, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_MATCH == 16, "in the order of enum igd_code");
_Static_assert(IGD_ERR_VGA == 17, "in the order of enum igd_code");
_Static_assert(IGD_ERR_NO_DEVICE == 18, "in the order of enum igd_code");
_Static_assert(IGD_WARN_SECOND_DEVICE == 19, "in the order of enum igd_code");
_Static_assert(IGD_WARN_DEVICE_ID == 20, "in the order of enum igd_code");
_Static_assert(IGD_WARN_RVDA == 21, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_MISSING == 22, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_SIZE == 23, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_CHECKSUM == 24, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_PADDED == 25, "in the order of enum igd_code");
_Static_assert(IGD_WARN_BAR_HIGH == 26, "in the order of enum igd_code");
_Static_assert(IGD_WARN_ROM_CHECKSUM == 27, "in the order of enum igd_code");
_Static_assert(IGD_WARN_STOLEN_ROUNDED == 28, "in the order of enum igd_code");
_Static_assert(IGD_WARN_STOLEN_BASE == 29, "in the order of enum igd_code");
_Static_assert(IGD_WARN_STOLEN_BASE_VALUE == 30, "in the order of enum igd_code");
_Static_assert(IGD_WARN_STOLEN_BASE_FILE == 31, "in the order of enum igd_code");
_Static_assert(IGD_WARN_GMS == 32, "in the order of enum igd_code");
_Static_assert(IGD_WARN_SWITCH == 33, "in the order of enum igd_code");
_Static_assert(IGD_WARN_ROM_BDSM == 34, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_BGSM == 35, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_DBUF == 36, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_NO_OPREGION == 37, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_NO_STOLEN == 38, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_STOLEN_ZERO == 39, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_STOLEN_BASE == 40, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_GMS == 41, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_NO_ROM == 42, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_ROM_UNUSED == 43, "in the order of enum igd_code");
_Static_assert(IGD_CODES == 44, "every code has a text");

#endif // igd_texts.h
